using HumanLoop.Observing;

namespace HumanLoop.Reviewing;

/// <summary>A relay has appended a decision's entries to the journal, up to a version: they leave <see cref="WorkItem.Outbox"/>.</summary>
/// <remarks>The only transition without an entry of its own. A queue that is its own journal has nothing to relay and never sees it applied.</remarks>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="Version">The version of the last entry that the journal has.</param>
public sealed record ConfirmRelayed(string Workflow, DecisionId DecisionId, long Version) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        IReadOnlyList<JournalEntry> left = [.. item.Outbox.Where(entry => entry.Version > Version)];
        return left.Count < item.Outbox.Count
            ? new(TransitionStatus.Applied, item with { Outbox = left }, null)
            : Refuse(item, TransitionStatus.NotAllowed);
    }
}
