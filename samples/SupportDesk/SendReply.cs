using HumanLoop;
using Microsoft.Data.Sqlite;

namespace SupportDesk;

/// <summary>What the model proposes: to answer a ticket as one of this kind.</summary>
internal sealed record Reply(string Intent);

/// <summary>The only place that acts: it "sends" by inserting into a mailbox of its own, under the resolution's key, so that a repeated attempt sends nothing twice.</summary>
internal sealed class SendReply(Mailbox mailbox) : IDecisionHandler<Reply>
{
    public Task ActAsync(Resolution<Reply> resolution, CancellationToken cancellationToken) => mailbox.SendAsync(resolution);

    public Task DeclineAsync(Resolution<Reply> resolution, CancellationToken cancellationToken) => mailbox.SendAsync(resolution);

    public Task CompensateAsync(Resolution<Reply> resolution, CancellationToken cancellationToken) => mailbox.SendAsync(resolution);
}

/// <summary>The outside world of this sample: a SQLite file that takes each key once.</summary>
internal sealed class Mailbox : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();

    public Mailbox(string database)
    {
        _connection = new($"Data Source={database}.sent");
        _connection.Open();
        Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS sent(key TEXT PRIMARY KEY, decision TEXT, effect TEXT, intent TEXT) WITHOUT ROWID");
    }

    public Task SendAsync(Resolution<Reply> reply)
    {
        Run("INSERT INTO sent VALUES ($0, $1, $2, $3) ON CONFLICT DO NOTHING", reply.IdempotencyKey, reply.Decision.Id.Value, reply.Effect.ToString(), reply.Proposal.Intent);
        return Task.CompletedTask;
    }

    public int Count(string what, Effect effect) => Convert.ToInt32(Run($"SELECT {what} FROM sent WHERE effect = $0", effect.ToString()), null);

    public void Dispose() => _connection.Dispose();

    private object? Run(string sql, params string[] values)
    {
        lock (_gate)
        {
            using var command = new SqliteCommand(sql, _connection);
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.AddWithValue($"${i}", values[i]);
            }

            return command.ExecuteScalar();
        }
    }
}
