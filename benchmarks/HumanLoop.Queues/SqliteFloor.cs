using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace HumanLoop.Queues;

/// <summary>The floor on SQLite: the tables, indexes, rows and bytes of a routed decision, and nothing else that a library would do.</summary>
internal sealed class SqliteFloor : IDisposable
{
    private const string Proposal = """{"amount":1234,"customer":"customer-17"}""";

    private const string Tables = """
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

    private readonly SqliteConnection _connection;
    private readonly string _body;

    /// <param name="file">A file that is not there yet.</param>
    /// <param name="body">How many bytes of journal a routed decision has.</param>
    public SqliteFloor(string file, int body)
    {
        _connection = new($"Data Source={file};Pooling=False");
        _body = new('x', body);
        _connection.Open();
        using var command = new SqliteCommand(Tables, _connection);
        command.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>One thin row and one commit a caller.</summary>
    public async Task<Sample> ThinAsync(TimeSpan time)
    {
        using var insert = new SqliteCommand("INSERT INTO thin (key, payload) VALUES ($key, $payload)", _connection);
        var key = insert.Parameters.Add("$key", SqliteType.Text);
        insert.Parameters.Add("$payload", SqliteType.Text).Value = new string('x', 370);
        return await Callers.RunAsync(1, time, _ =>
        {
            key.Value = Guid.CreateVersion7().ToString();
            return Task.FromResult(insert.ExecuteNonQuery());
        });
    }

    /// <summary>Many callers, and one writer whose commit holds what arrived during the one before.</summary>
    public Task<Sample> GroupCommitAsync(int callers) => Callers.GroupAsync(callers, WriteAsync);

    private async Task WriteAsync(ChannelReader<TaskCompletionSource> requests)
    {
        using var journal = new SqliteCommand("INSERT INTO journal VALUES ($sequence, 1, $id, 1, $body)", _connection);
        using var item = new SqliteCommand("INSERT INTO item (sequence, workflow, version, state, due, ready_at, wake_at, awaited, lane) VALUES ($sequence, 1, 1, 0, $due, $ready, $due, 1, 0)", _connection);
        using var payload = new SqliteCommand("INSERT INTO payload VALUES ($sequence, $proposal)", _connection);
        var (journalSequence, itemSequence, payloadSequence) = (journal.Parameters.Add("$sequence", SqliteType.Integer), item.Parameters.Add("$sequence", SqliteType.Integer), payload.Parameters.Add("$sequence", SqliteType.Integer));
        var id = journal.Parameters.Add("$id", SqliteType.Text);
        journal.Parameters.Add("$body", SqliteType.Text).Value = _body;
        payload.Parameters.Add("$proposal", SqliteType.Text).Value = Proposal;
        var (due, ready) = (item.Parameters.Add("$due", SqliteType.Integer), item.Parameters.Add("$ready", SqliteType.Integer));
        var sequence = 0L;
        var batch = new List<TaskCompletionSource>();
        while (await requests.WaitToReadAsync())
        {
            using (var transaction = _connection.BeginTransaction())
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
