using Npgsql;

namespace HumanLoop.Queues;

/// <summary>A namespace of the database for one run of a case, so that each begins with empty tables.</summary>
internal sealed class TemporarySchema : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private TemporarySchema(NpgsqlDataSource source) => _source = source;

    public string Name { get; } = $"queues_{Guid.CreateVersion7():n}";

    /// <param name="source">The database.</param>
    /// <param name="tables">Statements that make tables, given the name; none where somebody else makes them.</param>
    public static async Task<TemporarySchema> CreateAsync(NpgsqlDataSource source, Func<string, string>? tables = null)
    {
        var schema = new TemporarySchema(source);
        await using var command = source.CreateCommand($"CREATE SCHEMA {schema.Name}; {tables?.Invoke(schema.Name)}");
        await command.ExecuteNonQueryAsync();
        return schema;
    }

    public async ValueTask DisposeAsync()
    {
        await using var command = _source.CreateCommand($"DROP SCHEMA {Name} CASCADE");
        await command.ExecuteNonQueryAsync();
    }
}
