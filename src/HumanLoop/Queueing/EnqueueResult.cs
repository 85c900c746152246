namespace HumanLoop.Queueing;

/// <summary>What became of one piece of new work.</summary>
/// <param name="Status">Whether this call recorded it.</param>
/// <param name="Item">The item on record: this one, or the first of its id; <see langword="null"/> when refused.</param>
public sealed record EnqueueResult(RoutingStatus Status, WorkItem? Item);
