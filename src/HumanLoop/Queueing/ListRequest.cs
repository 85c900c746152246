namespace HumanLoop.Queueing;

/// <summary>Asks a queue for a page of items, most urgent first. Every filter is optional.</summary>
public sealed record ListRequest
{
    /// <summary>Of one workflow.</summary>
    public string? Workflow { get; init; }

    /// <summary>In one of these states; empty for any.</summary>
    public IReadOnlyList<DecisionState> States { get; init; } = [];

    /// <summary>Of one segment.</summary>
    public string? Segment { get; init; }

    /// <summary>Whose data it is.</summary>
    public string? Subject { get; init; }

    /// <summary>Held by this reviewer or process.</summary>
    public string? Holder { get; init; }

    /// <summary>Only items with entries that a journal elsewhere has not got yet.</summary>
    public bool WithOutbox { get; init; }

    /// <summary>How many at most: 1 to 1,000.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Where the page before ended (<see cref="WorkPage.Next"/>); <see langword="null"/> for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>Refuses a request that no queue can answer; every queue calls it before it reads.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="Limit"/> is not from 1 to 1,000.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Limit, 1_000);
    }

    /// <summary>Whether an item passes the filters.</summary>
    /// <param name="item">The item.</param>
    /// <returns><see langword="true"/> when it belongs to the list.</returns>
    public bool Matches(WorkItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return (Workflow is null || item.Workflow == Workflow)
            && (States.Count == 0 || States.Contains(item.State))
            && (Segment is null || item.Routed.Segment == Segment)
            && (Subject is null || item.Payload?.Subject == Subject)
            && (Holder is null || item.LeaseHolder == Holder)
            && (!WithOutbox || item.Outbox.Count > 0);
    }
}
