using HumanLoop.GroupCommit;
using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql;

/// <summary>A transition on its way through the writer.</summary>
internal sealed class ApplyOperation(Transition transition, long? expectedRevision) : Operation<TransitionResult>
{
    public Transition Transition => transition;

    public long? ExpectedRevision => expectedRevision;

    /// <summary>What a commit would have written whose end is not known.</summary>
    public TransitionResult? Unconfirmed { get; set; }
}
