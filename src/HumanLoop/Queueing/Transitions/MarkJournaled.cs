namespace HumanLoop.Queueing;

/// <summary>The relay has appended an item's entries to the journal elsewhere: they leave the outbox. Not itself journaled, and no new version.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="UpToVersion">The version of the last entry that was appended.</param>
internal sealed record MarkJournaled(string Workflow, DecisionId DecisionId, long UpToVersion) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now) =>
        new(TransitionStatus.Applied, item with { Outbox = [.. item.Outbox.Where(entry => entry.Version > UpToVersion)] }, null);
}
