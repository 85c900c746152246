using HumanLoop.Reviewing;

namespace HumanLoop.PostgreSql;

/// <summary>Counts what is open. Counting a million takes a while, and every process asks every second: the longer it took, the longer its answer stands.</summary>
internal sealed class Measuring(Database database)
{
    private static readonly TimeSpan Cheap = TimeSpan.FromMilliseconds(25);

    private volatile Counted? _last;

    public async Task<IReadOnlyList<QueueMeasure>> MeasureAsync()
    {
        if (_last is { } last && last.Took > Cheap && TimeProvider.System.GetElapsedTime(last.At) < last.Took * 20)
        {
            return last.Measures;
        }

        var began = TimeProvider.System.GetTimestamp();
        var rows = await database.RunAsync(session => session.Add(session.Sql.Measure)
            .ReadAsync(row => (row.GetString(0), (ReviewState)row.GetInt16(1), row.GetInt64(2), row.GetInt64(3), DateTimeOffset.UnixEpoch.AddTicks(row.GetInt64(4))))).ConfigureAwait(false);
        var measures = new List<QueueMeasure>();
        foreach (var (workflow, state, count, overdue, oldest) in rows)
        {
            if (measures.Count == 0 || measures[^1].Workflow != workflow)
            {
                measures.Add(new() { Workflow = workflow });
            }

            measures[^1] = With(measures[^1], state, count, overdue, oldest);
        }

        _last = new(measures, TimeProvider.System.GetTimestamp(), TimeProvider.System.GetElapsedTime(began));
        return measures;
    }

    private static QueueMeasure With(QueueMeasure measure, ReviewState state, long count, long overdue, DateTimeOffset oldest) => state switch
    {
        ReviewState.ActDue or ReviewState.Acting => measure with { Acting = measure.Acting + count },
        ReviewState.DeadLetter => measure with { DeadLetters = count },
        _ => measure with
        {
            AwaitingVerdict = measure.AwaitingVerdict + count,
            Claimed = state == ReviewState.Claimed ? count : measure.Claimed,
            Overdue = measure.Overdue + overdue,
            OldestReady = measure.OldestReady < oldest ? measure.OldestReady : oldest,
        },
    };

    private sealed record Counted(IReadOnlyList<QueueMeasure> Measures, long At, TimeSpan Took);
}
