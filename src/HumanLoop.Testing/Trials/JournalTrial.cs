using HumanLoop.Journaling;
using HumanLoop.Testing.Promises;

namespace HumanLoop.Testing.Trials;

/// <summary>A fresh journal and steps on it.</summary>
internal sealed class JournalTrial(ManualClock clock, IDecisionJournal journal, Func<IDecisionJournal, TimeProvider, ValueTask<IDecisionJournal>>? reopen, CancellationToken cancellationToken)
    : IAsyncDisposable
{
    public IDecisionJournal Journal { get; private set; } = journal;

    public CancellationToken Cancellation => cancellationToken;

    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task ReopenAsync() => Journal = await reopen!(Journal, clock).ConfigureAwait(false);

    public async Task AppendAsync(params IReadOnlyList<JournalEntry> entries) =>
        await Journal.AppendAsync(entries, cancellationToken).ConfigureAwait(false);

    public Task<IReadOnlyList<JournalEntry>> ReadAsync(int page = 97) => ReadAllAsync(Journal, cancellationToken, page);

    public ValueTask DisposeAsync() => Disposal.DisposeAsync(Journal);

    /// <summary>Reads a journal to its end, in pages small enough that their borders matter.</summary>
    public static async Task<IReadOnlyList<JournalEntry>> ReadAllAsync(IDecisionJournal journal, CancellationToken cancellationToken, int page = 97)
    {
        var entries = new List<JournalEntry>();
        var after = 0L;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = await journal.ReadAsync(after, page, cancellationToken).ConfigureAwait(false);
            if (read.Count == 0)
            {
                return entries;
            }

            Expect.That(read.Count <= page, $"A read of at most {page} entries gave {read.Count}.");
            foreach (var record in read)
            {
                Expect.That(record.Position > after, $"Position {record.Position} does not follow {after}.");
                after = record.Position;
                entries.Add(record.Entry);
            }
        }
    }
}
