using HumanLoop.Journaling;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Webhooks.Tests;

/// <summary>Stored formats stay readable for ever: these files are never changed, only added to.</summary>
public class OutboxGoldenTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 30, 15, 250, TimeSpan.Zero);

    private static readonly OutboxDocument Outbox = new()
    {
        Since = At.AddDays(-1),
        Position = 4711,
        Messages =
        [
            new() { Id = "msg_1", Type = "threshold.alarm", Workflow = "refund", Recipient = "ops-lead@example.com", At = At, Next = At.AddMinutes(5), ClosedAt = At, Failures = 2, Segment = "small", Model = "m-3", ChangeId = "1-1", From = 0.83, To = 0.9 },
            new() { Id = "msg_2", Type = "review.overdue", Workflow = "refund", At = At, Next = At, ClosedAt = At, Count = 12, Waiting = 34, Oldest = At.AddHours(-2) },
            new() { Type = "review.decided", Workflow = "refund", At = At, Next = At, Count = 2, Reviews = [new("r-1", "approved"), new("r-2")] },
            new() { Type = "target.reached", Workflow = "refund", At = At, Next = At, Metric = "refunds without a human" },
        ],
        HeldUntil = At.AddHours(1),
        DeliveredAt = At.AddHours(-1),
        FailingSince = At.AddMinutes(-30),
        FailedAt = At,
        Failures = 3,
        LastFailure = "503",
        GivenUp = 1,
        DisabledAt = At,
        DisabledUrl = "0123456789abcdef",
    };

    [Fact]
    public void An_outbox_is_read_and_written_as_version_1() => GoldenFile.Check("webhook__v1.json", Outbox, WebhooksJsonContext.Default.OutboxDocument);

    [Fact]
    public async Task What_a_newer_version_wrote_is_refused_by_name()
    {
        await using var loop = new TestLoop();
        var state = (IWorkflowState)loop.Store;
        await state.WriteAsync("", "webhook/ops", """{"version":2,"since":"2026-01-05T08:30:15.25+00:00"}""", 0);
        await state.WriteAsync("", "webhook/broken", "{", 0);

        Assert.Contains("'ops' was written by a newer version", (await Assert.ThrowsAsync<StoreMismatchException>(() => new OutboxStore(state).ReadAsync("ops", CancellationToken.None))).Message, StringComparison.Ordinal);
        Assert.Contains("'broken' cannot be read", (await Assert.ThrowsAsync<StoreMismatchException>(() => new OutboxStore(state).ReadAsync("broken", CancellationToken.None))).Message, StringComparison.Ordinal);
    }
}
