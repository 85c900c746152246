namespace HumanLoop.Journaling;

/// <summary>The application told a value of the workflow's metric or guard, which the library cannot measure.</summary>
public sealed record MetricRecorded : JournalEntry
{
    /// <summary>What people call it: the name in the settings at that time.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is the guard; else it is the metric.</summary>
    public bool IsGuard { get; init; }

    /// <summary>The value.</summary>
    public required double Value { get; init; }

    /// <summary>When it was measured.</summary>
    public required DateTimeOffset ObservedAt { get; init; }
}
