using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>A judged decision on its way into a queue.</summary>
/// <param name="Routed">How it was judged: the decision's first journal entry.</param>
/// <param name="Payload">Its data.</param>
public sealed record NewWork(DecisionRouted Routed, WorkPayload Payload)
{
    /// <summary>How many of the workflow's decisions may await a verdict; work that would add one beyond is refused. <see langword="null"/> for no limit.</summary>
    public int? MaxPending { get; init; }
}
