using HumanLoop.GroupCommit;
using HumanLoop.Queueing;

namespace HumanLoop.Sqlite;

/// <summary>Pages of items, for reading.</summary>
internal static class Listing
{
    public static WorkPage Read(SqliteSession session, ListRequest request)
    {
        var after = QueuePosition.Parse(request.Cursor);
        var page = new PageBuilder(request);
        while (!page.IsFull)
        {
            var positions = Next(session, request, page, after);
            foreach (var position in positions)
            {
                if (session.Items.Get(position.Sequence) is { } item)
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

    /// <summary>Where to look next: candidates in order, from the one list that is known to be short, or merged from the lists of states.</summary>
    private static List<QueuePosition> Next(SqliteSession session, ListRequest request, PageBuilder page, QueuePosition after)
    {
        var positions = new List<QueuePosition>();
        if (request.WithOutbox)
        {
            // The store is its own journal: nothing waits to be carried elsewhere.
            return positions;
        }

        if (request.Subject is { } subject)
        {
            foreach (var sequence in session.Payloads.OfSubject(subject))
            {
                if (session.Items.Get(sequence) is { } item && QueuePosition.Of(item) is var position && position > after)
                {
                    positions.Add(position);
                }
            }
        }
        else
        {
            foreach (var workflow in session.Workflows.Find(request.Workflow is { } name ? [name] : []))
            {
                foreach (var state in page.States)
                {
                    session.Items.Listed(positions, workflow, state, request.Segment, after, page.Wanted);
                }
            }
        }

        ItemTable.KeepFirst(positions, page.Wanted);
        return positions;
    }
}
