namespace HumanLoop.PostgreSql.Tests;

/// <summary>What a test needs, and whether it is there.</summary>
internal static class Need
{
    public static string? Reason { get; } = Environment.GetEnvironmentVariable("CI") is null or "" or "false" ? PostgresCluster.WhyNot : null;

    /// <summary>Whether the long forms of the tests were asked for.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("HUMANLOOP_LONG") == "1";
}
