using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace HumanLoop.Benchmarks;

/// <summary>The floor: the tables, indexes and row sizes of a routed decision, and nothing else that a library would do.</summary>
internal static class RawSchema
{
    public const string Text = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE thin (id INTEGER PRIMARY KEY, key TEXT NOT NULL, payload TEXT NOT NULL);
        CREATE TABLE journal (position INTEGER PRIMARY KEY, workflow INTEGER NOT NULL, decision TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (workflow, decision, version));
        CREATE TABLE item (sequence INTEGER PRIMARY KEY, workflow INTEGER NOT NULL, version INTEGER NOT NULL, state INTEGER NOT NULL, rank INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL,
            ready_at INTEGER NOT NULL, wake_at INTEGER, overdue INTEGER NOT NULL DEFAULT 0, awaited INTEGER NOT NULL, lane INTEGER, assignee TEXT NOT NULL DEFAULT '', segment TEXT);
        CREATE INDEX item_list ON item (workflow, state, rank, due, sequence, ready_at, overdue, segment);
        CREATE INDEX item_claim ON item (lane, workflow, assignee, rank, due) WHERE lane IS NOT NULL;
        CREATE INDEX item_wake ON item (workflow, wake_at) WHERE wake_at IS NOT NULL;
        CREATE TABLE payload (sequence INTEGER PRIMARY KEY, proposal TEXT NOT NULL);
        """;

    // As long as the entry of a routed decision is.
    private static readonly string Body = new('x', 560);
    private const string Proposal = """{"amount":1234,"customer":"customer-17"}""";

    /// <summary>Writes one decision's rows for each request; a commit holds what arrived during the one before.</summary>
    public static async Task WriteAsync(SqliteConnection connection, ChannelReader<TaskCompletionSource> requests)
    {
        using var journal = new SqliteCommand("INSERT INTO journal VALUES ($sequence, 1, $id, 1, $body)", connection);
        using var item = new SqliteCommand("INSERT INTO item (sequence, workflow, version, state, due, ready_at, wake_at, awaited, lane) VALUES ($sequence, 1, 1, 0, $due, $ready, $due, 1, 0)", connection);
        using var payload = new SqliteCommand("INSERT INTO payload VALUES ($sequence, $proposal)", connection);
        var (journalSequence, itemSequence, payloadSequence) = (journal.Parameters.Add("$sequence", SqliteType.Integer), item.Parameters.Add("$sequence", SqliteType.Integer), payload.Parameters.Add("$sequence", SqliteType.Integer));
        var id = journal.Parameters.Add("$id", SqliteType.Text);
        journal.Parameters.Add("$body", SqliteType.Text).Value = Body;
        payload.Parameters.Add("$proposal", SqliteType.Text).Value = Proposal;
        var (due, ready) = (item.Parameters.Add("$due", SqliteType.Integer), item.Parameters.Add("$ready", SqliteType.Integer));
        var sequence = 0L;
        var batch = new List<TaskCompletionSource>();
        while (await requests.WaitToReadAsync())
        {
            using (var transaction = connection.BeginTransaction())
            {
                (journal.Transaction, item.Transaction, payload.Transaction) = (transaction, transaction, transaction);
                while (batch.Count < 500 && requests.TryRead(out var request))
                {
                    (journalSequence.Value, itemSequence.Value, payloadSequence.Value) = (++sequence, sequence, sequence);
                    (id.Value, ready.Value, due.Value) = (Guid.CreateVersion7().ToString(), sequence, sequence + 1_000_000);
                    journal.ExecuteNonQuery();
                    item.ExecuteNonQuery();
                    payload.ExecuteNonQuery();
                    batch.Add(request);
                }

                transaction.Commit();
            }

            batch.ForEach(request => request.SetResult());
            batch.Clear();
        }
    }
}
