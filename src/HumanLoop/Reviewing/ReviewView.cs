using System.Text.Json;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Reviewing;

/// <summary>An item as reviewers see it. The only way from an item to a surface, so that what a blind reviewer must not know, and others' undecided votes,
/// are blank everywhere.</summary>
internal static class ReviewView
{
    private const string BlindReason = "blind";

    public static Review Of(WorkItem item)
    {
        var review = Shown(item);
        return !item.IsBlind ? review : review with
        {
            IsBlind = true,
            Segment = null,
            Model = null,
            Proposal = null,
            Confidence = Confidence.Unusable,
            Threshold = Threshold.ReviewEverything,
            Fields = null,
            Reason = BlindReason,
            IsAudit = false,
            Verdict = AsGiven(review.Verdict),
            Effect = Effect.None,
            Attempts = 0,
            LastError = null,
        };
    }

    /// <summary>The verdict with its payload, where that is still there.</summary>
    public static Verdict? Verdict(WorkItem item) =>
        item.Verdict is { } facts ? Verdict(facts, item.Payload is { Correction.IsEmpty: false } payload ? Parse(payload.Correction) : default, item.Payload?.Comment) : null;

    private static Review Shown(WorkItem item) => new()
    {
        Id = new(item.Workflow, item.DecisionId),
        State = item.State,
        Revision = item.Revision,
        Segment = item.Routed.Segment,
        Model = item.Routed.Model,
        Proposal = item.Payload is { } payload ? Parse(payload.Proposal) : null,
        Correction = item is { Verdict: not null, Payload.Correction.IsEmpty: false } ? Parse(item.Payload.Correction) : null,
        Confidence = item.Routed.Confidence,
        Threshold = item.Routed.Threshold,
        Fields = item.Payload?.Fields,
        Reason = item.ReviewReason ?? item.Routed.Route.Reason,
        IsAudit = (item.HasActed && item.Routed.Route.ActsAtOnce) || item.Routed.Golden is { AsCheck: true },
        Briefing = item.Payload?.Briefing,
        Link = item.Payload?.Link,
        RoutedAt = item.Routed.At,
        Due = item.Due,
        IsOverdue = item.IsOverdue,
        Priority = item.Priority,
        AssignedTo = item.AssignedTo,
        Requires = item.Requires,
        Reviewers = Math.Max(1, item.Routed.Reviewers),
        VoteCount = item.Votes.Count,
        IsContested = item.IsContested,
        Votes = Votes(item),
        Notes = item.Payload?.Notes ?? [],
        Supersedes = item.Routed.Supersedes,
        SupersededBy = item.SupersededBy,
        Lease = item is { LeaseHolder: { } holder, LeaseUntil: { } until } ? new(holder, until) : null,
        Verdict = Verdict(item),
        Effect = item.Effect,
        Attempts = item.Attempt,
        LastError = item.Payload?.LastError,
    };

    /// <summary>What each found, once no vote can be changed any more.</summary>
    private static IReadOnlyList<Verdict> Votes(WorkItem item) => item.Verdict is null || item.State == DecisionState.Decided
        ? []
        : [.. item.Votes.Select((vote, i) => item.Payload?.Votes.ElementAtOrDefault(i) is { } said
            ? Verdict(vote, said.Correction ?? default, said.Comment)
            : Verdict(vote, default, null))];

    private static Verdict Verdict(VerdictFacts facts, JsonElement correction, string? comment)
    {
        Verdict verdict = facts.Kind switch
        {
            VerdictKind.Approved => new Verdict.Approved(),
            VerdictKind.Corrected => new Verdict.Corrected(correction) { WordingOnly = facts.WasRight },
            _ => new Verdict.Rejected { ProposalWasRight = facts.WasRight },
        };
        return verdict with { Reviewer = facts.Reviewer, Reason = facts.Reason, Comment = comment };
    }

    /// <summary>A verdict without what the desk made of it: that would tell whether the AI had said the same.</summary>
    private static Verdict? AsGiven(Verdict? verdict) => verdict is Verdict.Corrected corrected ? corrected with { WordingOnly = false } : verdict;

    private static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
