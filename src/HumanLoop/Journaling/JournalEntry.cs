using System.Text.Json.Serialization;

namespace HumanLoop.Journaling;

/// <summary>One thing that happened to a decision or a workflow: append-only, without payload, readable for ever.</summary>
/// <remarks>
/// As JSON, <c>kind</c> names the type and <c>format</c> the version of its shape. An entry is known by workflow, decision and
/// <see cref="Version"/>; appending it twice appends it once. Immutable.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DecisionRouted), "routed")]
[JsonDerivedType(typeof(ReviewClaimed), "claimed")]
[JsonDerivedType(typeof(LeaseExtended), "lease_extended")]
[JsonDerivedType(typeof(ReviewReleased), "released")]
[JsonDerivedType(typeof(LeaseExpired), "lease_expired")]
[JsonDerivedType(typeof(ReviewEscalated), "escalated")]
[JsonDerivedType(typeof(ReviewOverdue), "overdue")]
[JsonDerivedType(typeof(ReviewAssigned), "assigned")]
[JsonDerivedType(typeof(ReviewReminded), "reminded")]
[JsonDerivedType(typeof(ReviewNoted), "noted")]
[JsonDerivedType(typeof(ReviewPrioritised), "prioritised")]
[JsonDerivedType(typeof(ReviewerAbstained), "abstained")]
[JsonDerivedType(typeof(VoteGiven), "vote")]
[JsonDerivedType(typeof(VerdictGiven), "verdict")]
[JsonDerivedType(typeof(VerdictUndone), "undone")]
[JsonDerivedType(typeof(UndoWindowClosed), "undo_closed")]
[JsonDerivedType(typeof(ReviewExpired), "expired")]
[JsonDerivedType(typeof(DecisionWithdrawn), "withdrawn")]
[JsonDerivedType(typeof(EffectStarted), "effect_started")]
[JsonDerivedType(typeof(EffectDone), "effect_done")]
[JsonDerivedType(typeof(EffectFailed), "effect_failed")]
[JsonDerivedType(typeof(EffectUncertain), "effect_uncertain")]
[JsonDerivedType(typeof(DeadLetterRetried), "dead_letter_retried")]
[JsonDerivedType(typeof(DeadLetterSettled), "dead_letter_settled")]
[JsonDerivedType(typeof(OutcomeRecorded), "outcome")]
[JsonDerivedType(typeof(EvidenceOverdue), "evidence_overdue")]
[JsonDerivedType(typeof(PayloadErased), "payload_erased")]
[JsonDerivedType(typeof(ThresholdSettingsChanged), "threshold_settings")]
[JsonDerivedType(typeof(ThresholdChanged), "threshold_changed")]
[JsonDerivedType(typeof(ThresholdForced), "threshold_forced")]
[JsonDerivedType(typeof(LooseningAnswered), "loosening_answered")]
[JsonDerivedType(typeof(EvidenceImported), "evidence_imported")]
[JsonDerivedType(typeof(PriorImported), "prior_imported")]
[JsonDerivedType(typeof(MetricRecorded), "metric")]
[JsonDerivedType(typeof(TargetReached), "target_reached")]
[JsonDerivedType(typeof(GuardMissed), "guard_missed")]
[JsonDerivedType(typeof(WorkflowPaused), "paused")]
[JsonDerivedType(typeof(WorkflowResumed), "resumed")]
public abstract record JournalEntry
{
    private protected JournalEntry()
    {
    }

    /// <summary>The version of the entry's JSON shape; 1 today.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The workflow's name.</summary>
    public string Workflow { get; init; } = "";

    /// <summary>The decision; empty for what happens to a workflow as a whole.</summary>
    public DecisionId DecisionId { get; init; }

    /// <summary>The entry's place in the decision's own stream, from 1 without gaps.</summary>
    public long Version { get; init; }

    /// <summary>When it happened, by the clock of the store that recorded it.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who or what did it; <see langword="null"/> for the library itself.</summary>
    public string? Actor { get; init; }
}
