using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql;

/// <summary>Counts what is open.</summary>
internal static class Measuring
{
    public static async Task<IReadOnlyList<QueueMeasure>> CountAsync(Database database)
    {
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
}
