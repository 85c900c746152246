namespace HumanLoop.Reporting;

/// <summary>One value that the application recorded.</summary>
/// <param name="Name">What was measured: the metric's or the guard's name at that time.</param>
/// <param name="At">When it was measured.</param>
/// <param name="Value">The value.</param>
internal sealed record MetricReading(string Name, DateTimeOffset At, double Value);
