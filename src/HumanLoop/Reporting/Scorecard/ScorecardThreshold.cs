namespace HumanLoop.Reporting;

/// <summary>A threshold as it is now, and why.</summary>
public sealed record ScorecardThreshold
{
    /// <summary>The segment whose own threshold it is; <see langword="null"/> for the shared one.</summary>
    public string? Segment { get; init; }

    /// <summary>The model whose decisions it is for.</summary>
    public string? Model { get; init; }

    /// <summary>The policy that moves it.</summary>
    public required string Policy { get; init; }

    /// <summary>The threshold; <see langword="null"/> while everything is reviewed.</summary>
    public double? Threshold { get; init; }

    /// <summary>Whether evidence stands behind it.</summary>
    public bool IsEarned { get; init; }

    /// <summary>Whether a person forced it looser than earned, so that nothing is promised.</summary>
    public bool IsGuaranteeVoid { get; init; }

    /// <summary>Why everything is reviewed, the weightiest first; empty while something goes straight through.</summary>
    public IReadOnlyList<string> WhyClosed { get; init; } = [];

    /// <summary>Reviewed outcomes at or above it.</summary>
    public long Outcomes { get; init; }

    /// <summary>How many of them were wrong.</summary>
    public long Errors { get; init; }

    /// <summary>How many of the errors are answers that are missing.</summary>
    public long Overdue { get; init; }

    /// <summary>An upper limit of its error rate that holds at all times.</summary>
    public double ErrorRateBound { get; init; }

    /// <summary>The limit that it has to keep to.</summary>
    public double MaxErrorRate { get; init; }

    /// <summary>The accepted chance that the promise is ever broken.</summary>
    public double Risk { get; init; }

    /// <summary>The probability with which what it lets through is checked.</summary>
    public double CheckProbability { get; init; }

    /// <summary>Since when its evidence counts.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Reviewed decisions without an answer yet, or that wait behind one.</summary>
    public long Waiting { get; init; }

    /// <summary>The proposal to loosen that waits for the owner; <see langword="null"/> for none.</summary>
    public string? ProposalId { get; init; }

    /// <summary>What it proposes.</summary>
    public double? Proposed { get; init; }

    /// <summary>When it will probably open; <see langword="null"/> while it would be guessing, or it is open.</summary>
    public ScorecardForecast? Forecast { get; init; }

    /// <summary>All of it in a sentence, as in the log and on the command line.</summary>
    public required string Says { get; init; }
}
