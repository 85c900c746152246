namespace HumanLoop.PostgreSql.Tests;

/// <summary>A test that needs a PostgreSQL server: skipped where there can be none, unless continuous integration says that there must be.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = Need.Reason;
}

/// <summary>The same with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = Need.Reason;
}

internal static class Need
{
    public static string? Reason { get; } = Environment.GetEnvironmentVariable("CI") is null or "" or "false" ? PostgresCluster.WhyNot : null;

    /// <summary>Whether the long forms of the tests were asked for.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("HUMANLOOP_LONG") == "1";
}
