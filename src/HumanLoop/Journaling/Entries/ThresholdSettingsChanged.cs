namespace HumanLoop.Journaling;

/// <summary>The settings that thresholds depend on were written down for the first time, or changed.</summary>
public sealed record ThresholdSettingsChanged : JournalEntry
{
    /// <summary>The settings from now on.</summary>
    public required ThresholdSettings Settings { get; init; }
}
