using HumanLoop.Reporting;

namespace HumanLoop.Tests.Reporting;

internal static class Charters
{
    public static Charter Plain { get; } = new() { Owner = "ops-lead@example.com", MetricName = "refunds without a human", AtLeast = 0.6 };

    public static Charter Guarded { get; } = Plain with { GuardName = "complaints per 1,000", GuardAtMost = 3 };
}
