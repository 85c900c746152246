using HumanLoop;
using Microsoft.Data.Sqlite;

namespace SupportDesk;

/// <summary>The outside world of this sample: a SQLite file that takes each key once.</summary>
internal sealed class Mailbox : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly Lock _gate = new();

    public Mailbox(string database)
    {
        _connection = new($"Data Source={database}.sent");
        _connection.Open();
        using var create = new SqliteCommand("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE IF NOT EXISTS sent(key TEXT PRIMARY KEY, decision TEXT, effect TEXT, intent TEXT) WITHOUT ROWID", _connection);
        create.ExecuteNonQuery();
        _insert = new SqliteCommand("INSERT INTO sent VALUES ($0, $1, $2, $3) ON CONFLICT DO NOTHING", _connection);
    }

    public Task SendAsync(Resolution<Reply> reply)
    {
        lock (_gate)
        {
            string[] row = [reply.IdempotencyKey, reply.Decision.Id.Value, reply.Effect.ToString(), reply.Proposal.Intent];
            _insert.Parameters.Clear();
            _insert.Parameters.AddRange(row.Select((value, i) => new SqliteParameter($"${i}", value)));
            _insert.ExecuteNonQuery();
        }

        return Task.CompletedTask;
    }

    /// <summary>A figure over the effects of one kind.</summary>
    public int Count(string what, Effect effect)
    {
        lock (_gate)
        {
            using var count = new SqliteCommand($"SELECT {what} FROM sent WHERE effect = '{effect}'", _connection);
            return Convert.ToInt32(count.ExecuteScalar(), null);
        }
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
