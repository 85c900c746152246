namespace HumanLoop.AspNetCore.Api;

internal sealed record MetricJson(string Name, string Measure, double? AtLeast, double? AtMost, double? Baseline, DateOnly? By);
