namespace HumanLoop.Reporting;

/// <summary>When a closed threshold will probably open: a seeded simulation, a forecast and no promise.</summary>
public sealed record ScorecardForecast
{
    /// <summary>Decisions of the present evidence so far.</summary>
    public required long Decisions { get; init; }

    /// <summary>So many more decisions if things go well: one run in ten was quicker; <see langword="null"/> beyond the horizon.</summary>
    public int? Soonest { get; init; }

    /// <summary>So many more in the middle.</summary>
    public int? Likely { get; init; }

    /// <summary>So many more if things go badly: one run in ten was slower.</summary>
    public int? Latest { get; init; }

    /// <summary>How far it looks, in decisions.</summary>
    public required int Horizon { get; init; }
}
