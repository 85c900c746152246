using System.Text;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Tests.Shared;

/// <summary>Decisions to store, and what happens to them.</summary>
internal static class Work
{
    public static NewWork Review(string id, string workflow = "refund", string? segment = null, string? subject = null, DateTimeOffset? due = null) => new(
        new DecisionRouted
        {
            Workflow = workflow,
            DecisionId = id,
            Route = DecisionRoute.Review("below_threshold"),
            Confidence = 0.73,
            Threshold = new(0.9),
            Segment = segment,
            Eligible = true,
            ReviewProbability = ReviewProbability.Always,
            LowestProbability = ReviewProbability.Always,
            Fingerprint = new('a', 64),
            Handled = true,
            Due = due,
        },
        new() { Proposal = Encoding.UTF8.GetBytes($$"""{"refund":"{{id}}"}"""), Briefing = "grüße", Subject = subject });

    /// <summary>One that acts in this process and is checked by a person afterwards. Only the library routes so; the journal's JSON can say it.</summary>
    public static NewWork Audit(string id, DateTimeOffset leaseUntil)
    {
        var review = Review(id);
        var json = Encoding.UTF8.GetString(JournalJson.Write((JournalEntry)review.Routed))
            .Replace("[\"review\",\"below_threshold\"]", "[\"audit\",\"audit_draw\"]", StringComparison.Ordinal);
        var routed = (DecisionRouted)JournalJson.ReadEntry(Encoding.UTF8.GetBytes(json));
        return review with { Routed = routed with { Holder = "process", LeaseUntil = leaseUntil } };
    }

    public static ClaimRequest Claim(string holder, int max = 1) =>
        new() { Purpose = WorkPurpose.Review, Holder = holder, Max = max, Lease = TimeSpan.FromMinutes(10) };

    public static GiveVerdict Verdict(string id, string reviewer, VerdictKind kind = VerdictKind.Approved) =>
        new("refund", id, kind, kind == VerdictKind.Approved) { Actor = reviewer };

    public static SweepRequest Sweep(TimeSpan? retention = null, TimeSpan? window = null) =>
        new([new() { Workflow = "refund", Escalation = ["lead", "owner"], PayloadRetention = retention, IdempotencyWindow = window ?? TimeSpan.FromDays(30) }]);

    public static async Task<WorkItem> EnqueueAsync(this IReviewQueue queue, NewWork work)
    {
        var result = Assert.Single(await queue.EnqueueAsync([work]));
        Assert.Equal(RoutingStatus.Recorded, result.Status);
        return result.Item!;
    }

    public static async Task<List<JournalEntry>> StreamAsync(this IDecisionJournal journal, string id) =>
        [.. (await journal.ReadAsync(0, int.MaxValue)).Select(record => record.Entry).Where(entry => entry.DecisionId == id)];

    public static string Facts(WorkItem item) => Encoding.UTF8.GetString(WorkItemJson.Write(item));

    public static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
