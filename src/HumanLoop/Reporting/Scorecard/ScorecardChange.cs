namespace HumanLoop.Reporting;

/// <summary>One line of a workflow's change log: a threshold moved or was to move, or a person said something.</summary>
public sealed record ScorecardChange
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened: a name of <see cref="ThresholdReasons"/>, or <c>paused</c>, <c>resumed</c>, <c>settings_changed</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The change's id, by which a proposal is answered; <see langword="null"/> where no threshold moved.</summary>
    public string? ChangeId { get; init; }

    /// <summary>The segment whose own threshold it is; <see langword="null"/> for the shared one.</summary>
    public string? Segment { get; init; }

    /// <summary>The model.</summary>
    public string? Model { get; init; }

    /// <summary>The threshold before; <see langword="null"/> for reviewing everything.</summary>
    public double? From { get; init; }

    /// <summary>The threshold from then on; <see langword="null"/> for reviewing everything.</summary>
    public double? To { get; init; }

    /// <summary>Reviewed outcomes that it rested on.</summary>
    public long Outcomes { get; init; }

    /// <summary>How many of them were wrong.</summary>
    public long Errors { get; init; }

    /// <summary>Whether it only proposed.</summary>
    public bool IsProposal { get; init; }

    /// <summary>Whether nothing is promised from then on.</summary>
    public bool GuaranteeVoid { get; init; }

    /// <summary>Who did it; <see langword="null"/> for the library itself.</summary>
    public string? Actor { get; init; }

    /// <summary>Why, in that person's words.</summary>
    public string? Note { get; init; }
}
