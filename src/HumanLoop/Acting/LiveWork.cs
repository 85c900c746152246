using HumanLoop.Queueing;

namespace HumanLoop.Acting;

/// <summary>Work that may act. A handler can only be called with one, and work of a workflow in shadow mode has none: acting on it does not compile.</summary>
internal readonly record struct LiveWork
{
    private LiveWork(WorkItem item) => Item = item;

    public WorkItem Item { get; }

    public static LiveWork? Of(WorkItem item) =>
        item is { Routed: { Shadow: false, Handled: true }, State: DecisionState.Acting, Effect: not Effect.None, Payload: not null } ? new LiveWork(item) : null;
}
