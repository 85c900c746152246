using HumanLoop.Queueing;

namespace HumanLoop.Sqlite;

/// <summary>Pages of items, for reading.</summary>
internal static class Listing
{
    private static readonly ReviewState[] All = Enum.GetValues<ReviewState>();
    private static readonly ReviewState[] Held = [ReviewState.Claimed, ReviewState.Acting];

    public static WorkPage Read(SqliteSession session, ListRequest request)
    {
        var after = QueuePosition.Parse(request.Cursor);
        var found = new List<(QueuePosition Key, WorkItem Item)>();

        // One more than asked for tells whether there is a next page.
        var wanted = request.Limit + 1;
        while (found.Count < wanted)
        {
            var keys = Next(session, request, after, wanted);
            foreach (var key in keys)
            {
                if (session.Items.Get(key.Sequence) is { } item && request.Matches(item))
                {
                    found.Add((key, item));
                }
            }

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

    /// <summary>Where to look next: candidates in order, from the one list that is known to be short, or merged from the lists of states.</summary>
    private static List<QueuePosition> Next(SqliteSession session, ListRequest request, QueuePosition after, int wanted)
    {
        var keys = new List<QueuePosition>();
        if (request.WithOutbox)
        {
            // The store is its own journal: nothing waits to be carried elsewhere.
            return keys;
        }

        if (request.Subject is { } subject)
        {
            foreach (var sequence in session.Payloads.OfSubject(subject))
            {
                if (session.Items.Get(sequence) is { } item && QueuePosition.Of(item) is var key && key > after)
                {
                    keys.Add(key);
                }
            }
        }
        else
        {
            // Only claimed reviews and acts under way have a holder, and they are few.
            var states = request.States.Count == 0 ? All : request.States.Distinct();
            foreach (var workflow in session.Workflows.Find(request.Workflow is { } name ? [name] : []))
            {
                foreach (var state in request.Holder is null ? states : states.Intersect(Held))
                {
                    session.Items.Listed(keys, workflow, state, request.Segment, after, wanted);
                }
            }
        }

        ItemTable.KeepFirst(keys, wanted);
        return keys;
    }
}
