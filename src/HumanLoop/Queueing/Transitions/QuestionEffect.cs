using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>An attempt ended unknown and must not be repeated: a person decides.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="Detail">What the exception said; payload.</param>
internal sealed record QuestionEffect(string Workflow, DecisionId DecisionId, string? Detail) : Transition(Workflow, DecisionId)
{
    /// <summary>By when a person should answer; <see langword="null"/> for no deadline.</summary>
    public DateTimeOffset? Due { get; init; }

    internal override Transition Sealed(PayloadSeal seal) => this with { Detail = seal.Protect(Detail) };

    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        return item.State == DecisionState.Acting && item.LeaseHolder == Actor
            ? Accept(item, now, new EffectUncertain { Due = Due }, payload => payload with { LastError = Detail })
            : Refuse(item, TransitionStatus.LeaseLost);
    }
}
