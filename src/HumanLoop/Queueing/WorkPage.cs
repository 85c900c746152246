namespace HumanLoop.Queueing;

/// <summary>A page of a queue's items.</summary>
/// <param name="Items">The items, most urgent first.</param>
/// <param name="Next">The cursor of the next page; <see langword="null"/> when this is the last.</param>
public sealed record WorkPage(IReadOnlyList<WorkItem> Items, string? Next);
