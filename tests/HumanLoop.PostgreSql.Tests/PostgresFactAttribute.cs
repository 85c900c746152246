namespace HumanLoop.PostgreSql.Tests;

/// <summary>A test that needs a PostgreSQL server: skipped where there can be none, unless continuous integration says that there must be.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = Need.Reason;
}
