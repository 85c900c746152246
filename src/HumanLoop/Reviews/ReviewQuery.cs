namespace HumanLoop;

/// <summary>Which reviews to list, most urgent first. Every filter is optional.</summary>
public sealed record ReviewQuery
{
    /// <summary>Of one workflow; <see langword="null"/> for all.</summary>
    public string? Workflow { get; init; }

    /// <summary>In one of these states; the default, empty, is any.</summary>
    public IReadOnlyList<DecisionState> States { get; init; } = [];

    /// <summary>Of one segment; <see langword="null"/> for all.</summary>
    public string? Segment { get; init; }

    /// <summary>Held by one reviewer; <see langword="null"/> for all.</summary>
    public string? Holder { get; init; }

    /// <summary>How many at most: 1 to 1,000; the default is 50.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Where the page before ended (<see cref="ReviewPage.Next"/>); <see langword="null"/> for the first.</summary>
    public string? Cursor { get; init; }
}
