using HumanLoop.GroupCommit;
using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql;

/// <summary>Pages of items, for reading.</summary>
internal static class Listing
{
    public static async Task<WorkPage> ReadAsync(Session session, ListRequest request)
    {
        var after = QueuePosition.Parse(request.Cursor);
        var page = new PageBuilder(request);
        while (!page.IsFull)
        {
            // Where the columns cannot say what matches, more is looked at in one go.
            var positions = await NextAsync(session, request, page, after).ConfigureAwait(false);
            if (positions.Count == 0)
            {
                break;
            }

            session.Add(session.Sql.Rows, Parameters.Of([.. positions.Select(position => position.Sequence)]));
            var items = (await session.ReadAsync(row => ItemRows.Read(row, 0, 1) with { Payload = ItemRows.ReadPayload(row, 2) }).ConfigureAwait(false)).ToDictionary(item => item.Sequence);
            foreach (var position in positions)
            {
                if (items.TryGetValue(position.Sequence, out var item))
                {
                    page.Add(position, item);
                }
            }

            if (positions.Count < page.Wanted)
            {
                break;
            }

            after = positions[^1];
        }

        return page.Build();
    }

    private static async Task<List<QueuePosition>> NextAsync(Session session, ListRequest request, PageBuilder page, QueuePosition after)
    {
        if (request.WithOutbox)
        {
            // The store is its own journal: nothing waits to be carried elsewhere.
            return [];
        }

        List<Npgsql.NpgsqlParameter> parameters = [Parameters.Of(after.Rank), Parameters.Of(after.Due), Parameters.Of(after.Sequence), Parameters.Of((long)page.Wanted)];
        if (request.Subject is { } subject)
        {
            WithoutCompiler(session).Add(session.Sql.OfSubject, [.. parameters, Parameters.Of(subject)]);
        }
        else
        {
            short[] states = [.. page.States.Select(state => (short)state)];
            int[] workflows = [.. (await session.Database.Workflows.FindAsync(session, request.Workflow is { } name ? [name] : []).ConfigureAwait(false)).Keys];
            parameters.AddRange([Parameters.Of(workflows), Parameters.Of(states)]);
            if (request.Segment is { } segment)
            {
                WithoutCompiler(session).Add(session.Sql.ListedOfSegment, [.. parameters, Parameters.Of(segment)]);
            }
            else
            {
                WithoutCompiler(session).Add(session.Sql.Listed, [.. parameters]);
            }
        }

        return await session.Add("COMMIT").ReadAsync(row => new QueuePosition(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))).ConfigureAwait(false);
    }

    // The planner cannot know how little a page reads, and would spend 400 ms on compiling what takes less than one.
    private static Session WithoutCompiler(Session session) => session.Begin().Add("SET LOCAL jit = off");
}
