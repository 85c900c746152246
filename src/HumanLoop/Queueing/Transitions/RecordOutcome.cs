using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>Says whether the AI was right, from an observation or a person who knows the truth.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="WasRight">Whether the AI's original proposal was right.</param>
/// <param name="ObservedAt">When it became known; <see langword="null"/> for now.</param>
/// <param name="ReportedBy">Who or what reported it.</param>
/// <param name="TruthFingerprint">SHA-256 of the true proposal, where it is known.</param>
internal sealed record RecordOutcome(string Workflow, DecisionId DecisionId, bool WasRight, DateTimeOffset? ObservedAt, string? ReportedBy, string? TruthFingerprint) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        return Accept(item, now, new OutcomeRecorded
        {
            WasRight = WasRight,
            IsEvidence = item.Routed.IsDrawn && item.Routed.Eligible,
            ObservedAt = ObservedAt ?? now,
            ReportedBy = ReportedBy,
            TruthFingerprint = TruthFingerprint,
        });
    }
}
