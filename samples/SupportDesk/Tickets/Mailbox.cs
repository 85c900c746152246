using System.Data.Common;
using HumanLoop;
using Microsoft.Data.Sqlite;

namespace SupportDesk;

/// <summary>The outside world of this sample: a table that takes each key once, in a file or, for several instances, in their database.</summary>
internal sealed class Mailbox : IDisposable
{
    private readonly DbConnection _connection;
    private readonly Lock _gate = new();

    public Mailbox(DbProviderFactory provider, string connectionString)
    {
        _connection = provider.CreateConnection()!;
        _connection.ConnectionString = connectionString;
        if (provider is SqliteFactory)
        {
            // An outside world is not what this sample measures: it need not wait for the disk at every letter.
            Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
        }

        Execute("CREATE TABLE IF NOT EXISTS sent(key TEXT PRIMARY KEY, decision TEXT, effect TEXT, intent TEXT)");
    }

    public Task SendAsync(Resolution<Reply> reply)
    {
        Execute("INSERT INTO sent VALUES (@a, @b, @c, @d) ON CONFLICT DO NOTHING", reply.IdempotencyKey, reply.Decision.Id.Value, reply.Effect.ToString(), reply.Proposal.Intent);
        return Task.CompletedTask;
    }

    /// <summary>A figure over the effects of one kind.</summary>
    public int Count(string what, Effect effect) => Convert.ToInt32(Execute($"SELECT {what} FROM sent WHERE effect = @a", effect.ToString()), null);

    public void Dispose() => _connection.Dispose();

    private object? Execute(string sql, params ReadOnlySpan<string> values)
    {
        lock (_gate)
        {
            if (_connection.State != System.Data.ConnectionState.Open)
            {
                _connection.Open();
            }

            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach (var value in values)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"@{(char)('a' + command.Parameters.Count)}", value);
                command.Parameters.Add(parameter);
            }

            return command.ExecuteScalar();
        }
    }
}
