using HumanLoop.Observing;

namespace HumanLoop.Testing.Conformance;

/// <summary>Steps on a journal.</summary>
internal static class JournalTrial
{
    /// <summary>Reads a journal to its end, in pages small enough that their borders matter.</summary>
    public static async Task<IReadOnlyList<JournalEntry>> ReadAllAsync(IDecisionJournal journal, CancellationToken cancellationToken, int page = 97) =>
        [.. (await ReadRecordsAsync(journal, cancellationToken, page).ConfigureAwait(false)).Select(record => record.Entry)];

    public static async Task<IReadOnlyList<JournalRecord>> ReadRecordsAsync(IDecisionJournal journal, CancellationToken cancellationToken, int page = 97)
    {
        var records = new List<JournalRecord>();
        var after = 0L;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = await journal.ReadAsync(after, page, cancellationToken).ConfigureAwait(false);
            if (read.Count == 0)
            {
                return records;
            }

            Expect.That(read.Count <= page, $"A read of at most {page} entries gave {read.Count}.");
            foreach (var record in read)
            {
                Expect.That(record.Position > after, $"Position {record.Position} does not follow {after}.");
                after = record.Position;
                records.Add(record);
            }
        }
    }
}
