using HumanLoop.Journaling;

namespace HumanLoop.PostgreSql;

/// <summary>The append-only journal, in the order of its positions, up to where none can be filled any more.</summary>
internal sealed class JournalReading(Database database)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a reader waits for transactions that may still fill positions before what it could read next.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>While one writer stays open, every read adds a mark that cannot be used yet.</summary>
    private const int MostMarks = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<(long Position, HashSet<string> Writers)> _marks = [];
    private long _final;
    private int _generation;

    /// <summary>Reads on. Nothing can be committed later among what it gives, so a reader that goes on from its end misses nothing.</summary>
    public async Task<IReadOnlyList<JournalRecord>> ReadAsync(Session session, long after, int max)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (final, last) = await FinalAsync(session).ConfigureAwait(false);
            session.Add(session.Sql.ReadJournal, Parameters.Of(after), Parameters.Of(final), Parameters.Of((long)max));
            var records = await session.ReadAsync(JournalRows.Read).ConfigureAwait(false);
            if (records.Count > 0 || final >= last || TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                return records;
            }

            await Task.Delay(Pause, TimeProvider.System).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<JournalRecord>> ReadDecisionAsync(Session session, string workflow, DecisionId decisionId, long after, int max)
    {
        if (await database.Workflows.FindAsync(session, workflow).ConfigureAwait(false) is not { } number)
        {
            return [];
        }

        session.Add(session.Sql.ReadStream, Parameters.Of(number), Parameters.Of(decisionId.Value), Parameters.Of(after), Parameters.Of((long)max));
        return await session.ReadAsync(JournalRows.Read).ConfigureAwait(false);
    }

    /// <summary>
    /// Up to where the journal can change no more. Positions ascend, and a transaction takes them under a lock that it keeps to its end. So once all have ended
    /// that held
    /// that lock at a moment, no position below the last of that moment can be filled. Transactions that write elsewhere hold up nobody, however long they stay
    /// open.
    /// </summary>
    private async Task<(long Final, long Last)> FinalAsync(Session session)
    {
        long last;
        HashSet<string> writers;
        var reader = await session.Add(session.Sql.LastPosition).Add(session.Sql.JournalWriters).SendAsync().ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            last = (await Session.RowsAsync(reader, row => row.GetInt64(0)).ConfigureAwait(false))[0];
            await reader.NextResultAsync().ConfigureAwait(false);
            writers = [.. await Session.RowsAsync(reader, row => row.GetString(0)).ConfigureAwait(false)];
        }

        lock (_gate)
        {
            if (_generation != database.Generation)
            {
                // Another server names its transactions anew.
                (_generation, _final) = (database.Generation, 0);
                _marks.Clear();
            }

            _marks.Enqueue((last, writers));
            while (_marks.TryPeek(out var mark))
            {
                if (!mark.Writers.Overlaps(writers))
                {
                    _final = Math.Max(_final, mark.Position);
                }
                else if (_marks.Count <= MostMarks)
                {
                    break;
                }

                _marks.Dequeue();
            }

            return (_final, last);
        }
    }
}
