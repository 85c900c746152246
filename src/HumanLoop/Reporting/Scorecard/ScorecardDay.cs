namespace HumanLoop.Reporting;

/// <summary>One day (UTC) of the last 400 on which something happened.</summary>
/// <param name="Day">The day.</param>
/// <param name="Decisions">Decisions routed.</param>
/// <param name="StraightThrough">How many acted without waiting.</param>
/// <param name="Checks">How many of these were drawn to be checked.</param>
/// <param name="Verdicts">Verdicts given.</param>
public sealed record ScorecardDay(DateOnly Day, long Decisions, long StraightThrough, long Checks, long Verdicts);
