namespace HumanLoop.Journaling;

/// <summary>No reviewer answered in time and the workflow expires such work.</summary>
public sealed record ReviewExpired : JournalEntry
{
    /// <summary>The effect that follows.</summary>
    public required Effect Effect { get; init; }
}
