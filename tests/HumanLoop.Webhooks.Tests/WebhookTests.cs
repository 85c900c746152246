using System.Text.Json;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Webhooks.Tests;

/// <summary>What a webhook says.</summary>
public sealed class WebhookTests : IDisposable
{
    private readonly Receiver _receiver = new();

    public void Dispose() => _receiver.Dispose();

    [Fact]
    public async Task Overdue_reviews_are_told_in_one_signed_digest()
    {
        await using var webhook = await new WebhookLoop(_receiver, settings: [("Review:EscalateTo:0", "lead@example.com"), ("/Webhooks:ops:Link", "https://desk.example.com/humanloop")]).StartedAsync();
        foreach (var id in new[] { "r-1", "r-2", "r-3" })
        {
            await webhook.Loop.RouteAsync(id, 0.1);
        }

        webhook.Loop.Clock.Advance(TimeSpan.FromHours(4.5));
        await webhook.SweepAsync();
        await webhook.TellAsync();

        var message = Assert.Single(_receiver.Got);
        Assert.Equal(WebhookVerification.Valid, message.Verify(webhook.Loop.Clock.GetUtcNow()));
        Assert.Equal(("review.overdue", "refund: 3 reviews are overdue; 3 waiting, oldest 4 h"), (message.Type, message.Text));
        Assert.Equal(
            ("refund", "lead@example.com", 3, 3, "2026-01-05T08:00:00Z", "https://desk.example.com/humanloop"),
            (Text("workflow"), Text("recipient"), message.Data.GetProperty("count").GetInt32(), message.Data.GetProperty("waiting").GetInt32(), Text("oldestSince"), Text("link")));
        Assert.Equal("2026-01-05T12:30:00.000Z", message.Json.GetProperty("timestamp").GetString());
        Assert.StartsWith("msg_", message.Id, StringComparison.Ordinal);
        await webhook.TellAsync();
        Assert.Single(_receiver.Got);

        string Text(string name) => message.Data.GetProperty(name).GetString()!;
    }

    [Fact]
    public async Task Dead_letters_and_expired_reviews_are_told_to_the_owner()
    {
        await using var webhook = await new WebhookLoop(_receiver, settings: ("Review:WhenOverdue", "Expire")).StartedAsync();
        webhook.Loop.Handler.Throws(_ => true);
        await webhook.Loop.RouteAsync("dead");
        await webhook.Loop.RouteAsync("late", 0.1);
        webhook.Loop.Clock.Advance(TimeSpan.FromHours(5));
        await webhook.SweepAsync();
        await webhook.TellAsync();

        Assert.Equal(
            [("dead_letter", "refund: 1 effect failed until its retries were used up"), ("review.expired", "refund: 1 review expired unanswered and was declined")],
            _receiver.Got.Select(message => (message.Type, message.Text)).Order());
        Assert.All(_receiver.Got, message => Assert.Equal("ops-lead@example.com", message.Data.GetProperty("recipient").GetString()));
    }

    [Fact]
    public async Task An_alarm_goes_out_in_quiet_hours_and_the_rest_when_they_end()
    {
        await using var webhook = await new WebhookLoop(_receiver, settings: [("/Webhooks:ops:Quiet:From", "08:30"), ("/Webhooks:ops:Quiet:To", "16:00")]).StartedAsync();
        await webhook.Loop.RouteAsync("late", 0.1);
        webhook.Loop.Clock.Advance(TimeSpan.FromHours(5));
        await webhook.SweepAsync();
        await webhook.AlarmAsync();
        await webhook.TellAsync();

        var alarm = Assert.Single(_receiver.Got);
        Assert.Equal(("threshold.alarm", "refund: the drift alarm closed the threshold of segment small; everything is reviewed again"), (alarm.Type, alarm.Text));
        Assert.Equal((0.83, JsonValueKind.Null, "1-1"), (alarm.Data.GetProperty("from").GetDouble(), alarm.Data.GetProperty("to").ValueKind, alarm.Data.GetProperty("change").GetString()));

        await webhook.TellAsync(TimeSpan.FromHours(3));
        Assert.Equal("review.overdue", _receiver.Got[1].Type);
        Assert.Equal("refund: 1 review is overdue; 1 waiting, oldest 8 h", _receiver.Got[1].Text);
    }

    [Fact]
    public async Task Outside_tools_are_told_what_waits_and_how_it_ended_by_id_alone()
    {
        await using var webhook = await new WebhookLoop(_receiver, settings: [.. Tools, ("Threshold:AuditBudget", "1")]).StartedAsync();
        foreach (var id in new[] { "asked", "decided", "withdrawn" })
        {
            await webhook.Loop.Router.RouteAsync(TestLoop.Decision(id, 0.1) with { Briefing = "B-SECRET", Subject = "S-SECRET" });
        }

        await webhook.Loop.RouteAsync("checked");
        await webhook.Loop.DecideAsync("decided", new Verdict.Approved { Comment = "C-SECRET" });
        await webhook.Loop.Router.WithdrawAsync("withdrawn", "x");
        await webhook.TellAsync();

        Assert.Equal(["review.decided", "review.requested"], _receiver.Got.Select(message => message.Type).Order(StringComparer.Ordinal));
        var (requested, ended) = (_receiver.Got.Single(message => message.Type == "review.requested"), _receiver.Got.Single(message => message.Type == "review.decided"));
        Assert.Equal(["refund/asked", "refund/checked", "refund/first"], requested.Reviews.Order(StringComparer.Ordinal));
        Assert.Equal("refund: 3 decisions need a person; 3 waiting, oldest 1 min", requested.Text);
        Assert.Equal([("refund/decided", "approved"), ("refund/withdrawn", "withdrawn")], ended.Data.GetProperty("reviews").EnumerateArray().Select(review => (review.GetProperty("id").GetString(), review.GetProperty("ended").GetString())));
        Assert.All(_receiver.Got, message => Assert.DoesNotContain("SECRET", message.Json.GetRawText(), StringComparison.Ordinal));
        Assert.All(_receiver.Got, message => Assert.DoesNotContain("Ada", message.Json.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_check_is_asked_for_once_its_act_took_place()
    {
        await using var webhook = await new WebhookLoop(_receiver, settings: [.. Tools, ("Threshold:AuditBudget", "1"), ("Acting:Retries", "1")]).StartedAsync();
        await webhook.TellAsync();
        webhook.Loop.Handler.Throws(resolution => resolution.Attempt == 1);
        await webhook.Loop.RouteAsync("checked");
        await webhook.TellAsync();
        Assert.DoesNotContain(_receiver.Got, message => message.Reviews.Contains("refund/checked"));

        await webhook.Loop.StartAsync();
        await webhook.Loop.UntilAsync("checked", DecisionState.Pending);
        await webhook.Loop.UntilAsync(() => _receiver.Got.Any(message => message.Reviews.Contains("refund/checked")), TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task Payload_is_sent_only_where_the_settings_say_so_and_never_what_was_erased()
    {
        await using var webhook = await new WebhookLoop(_receiver, settings: [.. Tools, ("/Webhooks:ops:IncludePayload", "true")]).StartedAsync();
        await webhook.TellAsync();
        await webhook.Loop.Router.RouteAsync(TestLoop.Decision("asked", 0.1) with { Briefing = "<b>hello</b>", Segment = "small" });
        await webhook.Loop.RouteAsync("erased", 0.1);
        await webhook.Loop.DecideAsync("erased", new Verdict.Rejected { Comment = "C-SECRET", Reason = "duplicate" }, "ana");
        await webhook.Loop.StartAsync();
        await webhook.Loop.UntilSettledAsync("erased");
        Assert.Equal(TransitionStatus.Applied, await webhook.Loop.Control.EraseAsync(TestLoop.Review("erased"), "owner"));
        await webhook.Loop.UntilAsync(() => _receiver.Got.Count == 2, TimeSpan.FromSeconds(1));

        var asked = _receiver.Got.Single(message => message.Type == "review.requested").Data.GetProperty("reviews")[0];
        Assert.Equal(("refund/asked", "<b>hello</b>", "small", "below_threshold", 0.1, 0.9, "Ada"), (Text(asked, "id"), Text(asked, "briefing"), Text(asked, "segment"), Text(asked, "reason"), asked.GetProperty("confidence").GetDouble(), asked.GetProperty("threshold").GetDouble(), Text(asked.GetProperty("proposal"), "customer")));
        var ended = _receiver.Got.Single(message => message.Type == "review.decided").Data.GetProperty("reviews")[0];
        Assert.Equal(("rejected", "ana", "duplicate", false, false), (Text(ended, "ended"), Text(ended, "reviewer"), Text(ended, "verdictReason"), ended.TryGetProperty("comment", out _), ended.TryGetProperty("proposal", out _)));

        static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
    }

    [Fact]
    public async Task A_message_stays_below_20_KB_and_says_what_it_left_out()
    {
        await using var webhook = await new WebhookLoop(_receiver, settings: [.. Tools, ("/Webhooks:ops:IncludePayload", "true")]).StartedAsync();
        foreach (var (id, length) in new[] { ("small", 10), ("huge", 50_000), ("large", 12_000), ("larger", 12_001), ("tiny", 1) })
        {
            await webhook.Loop.Router.RouteAsync(TestLoop.Decision(id, 0.1) with { Briefing = new('b', length) });
        }

        await webhook.TellAsync();

        var reviews = Assert.Single(_receiver.Got).Data.GetProperty("reviews").EnumerateArray().ToDictionary(review => review.GetProperty("id").GetString()!, review => review.TryGetProperty("omitted", out _));
        Assert.Equal(new() { ["refund/small"] = false, ["refund/huge"] = true, ["refund/large"] = false, ["refund/larger"] = true, ["refund/tiny"] = false }, reviews);
        Assert.InRange(_receiver.Got[0].Body.Length, 12_000, 20_000);
    }

    [Fact]
    public async Task Fifty_ids_of_any_length_fit_into_a_message_and_the_next_fifty_into_another()
    {
        await using var webhook = await new WebhookLoop(_receiver, settings: Tools).StartedAsync();
        for (var i = 0; i < 120; i++)
        {
            await webhook.Loop.RouteAsync($"{i:000}-{new string('x', 190)}", 0.1);
        }

        await webhook.TellAsync();

        Assert.Equal([50, 50, 20], _receiver.Got.Select(message => message.Reviews.Count).OrderDescending());
        Assert.Equal(120, _receiver.Got.SelectMany(message => message.Reviews).Distinct().Count());
        Assert.All(_receiver.Got, message => Assert.True(message.Body.Length <= 20_000));
    }

    [Fact]
    public async Task What_happened_before_the_first_start_and_what_nobody_wants_is_not_told()
    {
        await using var before = new TestLoop();
        await before.RouteAsync("before", 0.1);
        before.Clock.Advance(TimeSpan.FromSeconds(1));
        await using var webhook = new WebhookLoop(_receiver, before, settings: [.. Tools, ("/Webhooks:ops:Events:1", "target.reached")]);
        await webhook.Loop.RouteAsync("after", 0.1);
        await webhook.Loop.DecideAsync("after", new Verdict.Abstained());
        await webhook.Loop.DecideAsync("before", new Verdict.Approved());
        await webhook.TellAsync();

        Assert.Equal(["refund/after"], Assert.Single(_receiver.Got).Reviews);
    }

    [Fact]
    public async Task A_target_that_stays_reached_is_told_once_by_all_processes_together()
    {
        var notifier = new CollectingNotifier();
        await using var one = await new WebhookLoop(_receiver, loop: builder => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<HumanLoop.Notifying.IReviewNotifier>(builder.Services, notifier), settings: [("Metric:Guard:Name", "complaints"), ("Metric:Guard:AtMost", "0.1")]).StartedAsync();
        await using var two = new WebhookLoop(_receiver, one.Loop, settings: [("Metric:Guard:Name", "complaints"), ("Metric:Guard:AtMost", "0.1")]);
        foreach (var (reached, missed) in new (bool?, bool?)[] { (null, null), (false, false), (true, false), (true, null), (true, true), (false, true), (true, true) })
        {
            await Desk(one).ScorecardAsync(TestLoop.Name, reached, missed, CancellationToken.None);
            await Desk(two).ScorecardAsync(TestLoop.Name, reached, missed, CancellationToken.None);
        }

        await one.TellAsync();

        string[] texts = ["refund: 'complaints' is worse than its limit", "refund: 'refunds without a human' has reached its target", "refund: 'refunds without a human' has reached its target"];
        Assert.Equal(texts, _receiver.Got.Select(message => message.Text).Order(StringComparer.Ordinal));
        Assert.Equal(texts, notifier.Told.Select(told => told.Text).Order(StringComparer.Ordinal));
        Assert.Equal([35, 35, 36], one.Loop.Log.Ids.Where(id => id is 35 or 36).Order());

        static HumanLoop.Notifying.OwnerNotifications Desk(WebhookLoop webhook) => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<HumanLoop.Notifying.OwnerNotifications>(webhook.Loop.Services);
    }

    private static (string, string?)[] Tools => [("/Webhooks:ops:Events:0", "review.requested"), ("/Webhooks:ops:Events:1", "review.decided")];
}
