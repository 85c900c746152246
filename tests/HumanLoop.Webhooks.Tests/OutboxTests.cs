namespace HumanLoop.Webhooks.Tests;

public class OutboxTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Events_of_one_kind_workflow_and_person_gather_and_others_do_not()
    {
        var outbox = New();
        outbox.Gather(Overdue("ann"), Minute, 50, Now);
        outbox.Gather(Overdue("ann"), Minute, 50, Now.AddSeconds(30));
        outbox.Gather(Overdue("bob"), Minute, 50, Now);
        outbox.Gather(Overdue("ann") with { Workflow = "other" }, Minute, 50, Now);

        Assert.Equal([2, 1, 1], outbox.Document.Messages.Select(message => message.Count));
        Assert.Empty(outbox.ToClose(Now.AddSeconds(59), quiet: false));
        Assert.Equal(3, outbox.ToClose(Now.AddSeconds(60), quiet: false).Count);
    }

    [Fact]
    public void What_happens_once_never_gathers()
    {
        var outbox = New();
        outbox.Gather(Of(WebhookEvents.LooseningProposed), Minute, 50, Now);
        outbox.Gather(Of(WebhookEvents.LooseningProposed), Minute, 50, Now);

        Assert.Equal(2, outbox.ToClose(Now, quiet: false).Count);
    }

    [Fact]
    public void In_quiet_hours_only_alarms_are_closed_and_sent()
    {
        var outbox = New();
        outbox.Gather(Of(WebhookEvents.TargetReached), Minute, 50, Now);
        outbox.Gather(Of(WebhookEvents.ThresholdAlarm), Minute, 50, Now);

        Assert.Equal(WebhookEvents.ThresholdAlarm, Assert.Single(outbox.ToClose(Now, quiet: true)).Type);
        var (alarm, other) = (Close(outbox, 1), Close(outbox, 0));
        Assert.Equal([alarm], outbox.Due(Now, quiet: true, 4));
        Assert.Equal([alarm, other], outbox.Due(Now, quiet: false, 4));
    }

    [Fact]
    public void A_message_that_fails_is_sent_again_after_growing_pauses_and_given_up_after_three_days()
    {
        var outbox = New();
        outbox.Gather(Overdue("ann"), Minute, 50, Now);
        var message = Close(outbox, 0);
        var (now, pauses) = (Now, new List<TimeSpan>());
        while (!outbox.Failed(message, new("503"), now))
        {
            message = Assert.Single(outbox.Document.Messages);
            pauses.Add(message.Next - now);
            now = message.Next;
        }

        Assert.Empty(outbox.Document.Messages);
        Assert.Equal((1, 9, "503", Now), (outbox.Document.GivenUp, outbox.Document.Failures, outbox.Document.LastFailure, outbox.Document.FailingSince));
        double[] expected = [1 / 12.0, 0.5, 2, 5, 10, 14, 20, 24];
        Assert.All(pauses.Zip(expected), pair => Assert.InRange(pair.First.TotalHours, pair.Second * 0.8, pair.Second * 1.2));
        Assert.InRange(now - Now, TimeSpan.FromDays(2.5), TimeSpan.FromDays(3.8));
    }

    [Fact]
    public void One_that_gets_through_lets_the_others_follow_at_once()
    {
        var outbox = New();
        outbox.Gather(Overdue("ann"), Minute, 50, Now);
        outbox.Gather(Overdue("bob"), Minute, 50, Now);
        var (one, two) = (Close(outbox, 0), Close(outbox, 1));
        outbox.Failed(one, new("503"), Now);
        Assert.Equal([two], outbox.Due(Now, quiet: false, 4));

        outbox.Delivered(two, Now);

        Assert.Equal(one.Id, Assert.Single(outbox.Due(Now, quiet: false, 4)).Id);
        Assert.Equal((0, null, null), (outbox.Document.Failures, outbox.Document.FailingSince, outbox.Document.LastFailure));
    }

    [Fact]
    public void A_receiver_that_asks_for_a_pause_gets_nothing_until_it_is_over()
    {
        var outbox = New();
        outbox.Gather(Overdue("ann"), Minute, 50, Now);
        outbox.Gather(Overdue("bob"), Minute, 50, Now);
        outbox.Failed(Close(outbox, 0), new("429", RetryAfter: TimeSpan.FromHours(1)), Now);
        Close(outbox, 1);

        Assert.Empty(outbox.Due(Now.AddMinutes(59), quiet: false, 4));
        Assert.Equal(2, outbox.Due(Now.AddMinutes(60), quiet: false, 4).Count);
    }

    [Fact]
    public void While_a_receiver_fails_what_happens_gathers_and_alarms_are_tried_all_the_same()
    {
        var outbox = New();
        outbox.Gather(Overdue("ann"), Minute, 50, Now);
        outbox.Failed(Close(outbox, 0), new("timeout"), Now);
        outbox.Gather(Overdue("ann"), TimeSpan.Zero, 50, Now);
        outbox.Gather(Of(WebhookEvents.ThresholdAlarm), Minute, 50, Now);

        Assert.Equal(WebhookEvents.ThresholdAlarm, Assert.Single(outbox.ToClose(Now.AddSeconds(29), quiet: false)).Type);
        Assert.Equal(2, outbox.ToClose(Now.AddSeconds(30), quiet: false).Count);
    }

    [Fact]
    public void However_much_happens_the_outbox_is_bounded()
    {
        var outbox = New();
        var n = 0;
        while (!outbox.IsFull)
        {
            outbox.Gather(Of(WebhookEvents.ReviewRequested) with { Reviews = [new($"r-{n++}")] }, Minute, 50, Now);
        }

        Assert.Equal((2_000, 40), (n, outbox.Document.Messages.Count));
        Assert.All(outbox.Document.Messages, message => Assert.Equal((50, Now), (message.Count, message.Next)));
        var closed = 0;
        while (outbox.ToClose(Now, quiet: false) is { Count: > 0 })
        {
            Close(outbox, closed++);
        }

        Assert.Equal(20, closed);
    }

    [Fact]
    public void Enabling_again_sends_everything_at_once()
    {
        var outbox = New();
        outbox.Gather(Overdue("ann"), Minute, 50, Now);
        var message = Close(outbox, 0);
        outbox.Failed(message, new("503"), Now);
        outbox.Disable("fingerprint", Now);

        outbox.Enable(Now);

        Assert.Equal(message.Id, Assert.Single(outbox.Due(Now, quiet: false, 4)).Id);
        Assert.Equal((null, null, 0), (outbox.Document.DisabledAt, outbox.Document.DisabledUrl, outbox.Document.Failures));
    }

    private static Outbox New() => new(new() { Since = Now }, 0);

    private static WebhookMessage Overdue(string who) => Of(WebhookEvents.ReviewOverdue) with { Recipient = who };

    private static WebhookMessage Of(string type) => new() { Type = type, Workflow = "refund", At = Now, Next = Now };

    private static WebhookMessage Close(Outbox outbox, int index)
    {
        var message = outbox.Document.Messages[index];
        var closed = message with { Id = $"msg_{index}", ClosedAt = Now, Next = Now };
        outbox.Replace(message, closed);
        return closed;
    }
}
