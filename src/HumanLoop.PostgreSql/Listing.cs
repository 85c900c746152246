using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql;

/// <summary>Pages of items, for reading.</summary>
internal static class Listing
{
    private static readonly ReviewState[] All = Enum.GetValues<ReviewState>();
    private static readonly ReviewState[] Held = [ReviewState.Claimed, ReviewState.Acting];

    public static async Task<WorkPage> ReadAsync(Session session, ListRequest request)
    {
        var after = QueuePosition.Parse(request.Cursor);
        var found = new List<(QueuePosition Key, WorkItem Item)>();

        // One more than asked for tells whether there is a next page. Where the columns cannot say what matches, more is looked at in one go.
        var wanted = request.Limit + 1;
        while (found.Count < wanted)
        {
            var keys = await NextAsync(session, request, after, wanted).ConfigureAwait(false);
            if (keys.Count == 0)
            {
                break;
            }

            session.Add(session.Sql.Rows, Parameters.Of([.. keys.Select(key => key.Sequence)]));
            var items = (await session.ReadAsync(row => ItemRows.Read(row, 0, 1) with { Payload = ItemRows.ReadPayload(row, 2) }).ConfigureAwait(false)).ToDictionary(item => item.Sequence);
            found.AddRange(keys.Where(key => items.TryGetValue(key.Sequence, out var item) && request.Matches(item)).Select(key => (key, items[key.Sequence])));
            if (keys.Count < wanted)
            {
                break;
            }

            after = keys[^1];
        }

        var more = found.Count >= wanted;
        if (more)
        {
            found.RemoveRange(request.Limit, found.Count - request.Limit);
        }

        return new([.. found.Select(pair => pair.Item)], more ? found[^1].Key.ToString() : null);
    }

    private static async Task<List<QueuePosition>> NextAsync(Session session, ListRequest request, QueuePosition after, int wanted)
    {
        if (request.WithOutbox)
        {
            // The store is its own journal: nothing waits to be carried elsewhere.
            return [];
        }

        List<Npgsql.NpgsqlParameter> parameters = [Parameters.Of(after.Rank), Parameters.Of(after.Due), Parameters.Of(after.Sequence), Parameters.Of((long)wanted)];
        if (request.Subject is { } subject)
        {
            WithoutCompiler(session).Add(session.Sql.OfSubject, [.. parameters, Parameters.Of(subject)]);
        }
        else
        {
            // Only claimed reviews and acts under way have a holder, and they are few.
            IEnumerable<ReviewState> states = request.States.Count == 0 ? All : request.States.Distinct();
            short[] wantedStates = [.. (request.Holder is null ? states : states.Intersect(Held)).Select(state => (short)state)];
            int[] workflows = [.. (await session.Database.Workflows.FindAsync(session, request.Workflow is { } name ? [name] : []).ConfigureAwait(false)).Keys];
            parameters.AddRange([Parameters.Of(workflows), Parameters.Of(wantedStates)]);
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
