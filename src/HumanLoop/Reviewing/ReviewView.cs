using System.Text.Json;

namespace HumanLoop.Reviewing;

/// <summary>An item as reviewers see it.</summary>
internal static class ReviewView
{
    public static Review Of(WorkItem item) => new()
    {
        Id = new(item.Workflow, item.DecisionId),
        State = item.State,
        Revision = item.Revision,
        Segment = item.Routed.Segment,
        Model = item.Routed.Model,
        Proposal = item.Payload is { } payload ? Parse(payload.Proposal) : null,
        Correction = item.Payload is { Correction.IsEmpty: false } corrected ? Parse(corrected.Correction) : null,
        Confidence = item.Routed.Confidence,
        Threshold = item.Routed.Threshold,
        Fields = item.Payload?.Fields,
        Reason = item.ReviewReason ?? item.Routed.Route.Reason,
        IsAudit = item.HasActed && item.Routed.Route.ActsAtOnce,
        Briefing = item.Payload?.Briefing,
        Link = item.Payload?.Link,
        RoutedAt = item.Routed.At,
        Due = item.Due,
        IsOverdue = item.IsOverdue,
        Priority = item.Priority,
        AssignedTo = item.AssignedTo,
        Lease = item is { LeaseHolder: { } holder, LeaseUntil: { } until } ? new(holder, until) : null,
        Verdict = Verdict(item),
        Effect = item.Effect,
        Attempts = item.Attempt,
        LastError = item.Payload?.LastError,
    };

    /// <summary>The verdict with its payload, where that is still there.</summary>
    public static Verdict? Verdict(WorkItem item)
    {
        if (item.Verdict is not { } facts)
        {
            return null;
        }

        Verdict verdict = facts.Kind switch
        {
            VerdictKind.Approved => new Verdict.Approved(),
            VerdictKind.Corrected => new Verdict.Corrected(item.Payload is { Correction.IsEmpty: false } payload ? Parse(payload.Correction) : default) { WordingOnly = facts.WasRight },
            _ => new Verdict.Rejected { ProposalWasRight = facts.WasRight },
        };
        return verdict with { Reviewer = facts.Reviewer, Reason = facts.Reason, Comment = item.Payload?.Comment };
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
