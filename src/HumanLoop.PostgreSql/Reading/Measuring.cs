using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql;

/// <summary>Counts what is open.</summary>
internal static class Measuring
{
    public static async Task<IReadOnlyList<QueueMeasure>> CountAsync(Database database)
    {
        var rows = await database.RunAsync(session => session.Add(session.Sql.Measure)
            .ReadAsync(row => (row.GetString(0), (DecisionState)row.GetInt16(1), row.GetInt64(2), row.GetInt64(3), DateTimeOffset.UnixEpoch.AddTicks(row.GetInt64(4))))).ConfigureAwait(false);
        var measures = new List<QueueMeasure>();
        foreach (var (workflow, state, count, overdue, oldest) in rows)
        {
            if (measures.Count == 0 || measures[^1].Workflow != workflow)
            {
                measures.Add(new() { Workflow = workflow });
            }

            measures[^1] = measures[^1].Add(state, count, overdue, oldest);
        }

        return measures;
    }
}
