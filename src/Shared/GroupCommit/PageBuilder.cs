using HumanLoop.Queueing;

namespace HumanLoop.GroupCommit;

/// <summary>Gathers the items of a page in the order of the queue.</summary>
internal sealed class PageBuilder(ListRequest request)
{
    private static readonly DecisionState[] All = Enum.GetValues<DecisionState>();
    private static readonly DecisionState[] Held = [DecisionState.Claimed, DecisionState.Acting];

    private readonly List<(QueuePosition Position, WorkItem Item)> _found = [];

    /// <summary>How many items to look for: one more than asked for tells whether there is a next page.</summary>
    public int Wanted => request.Limit + 1;

    public bool IsFull => _found.Count >= Wanted;

    /// <summary>The states to look into. Only claimed reviews and acts under way have a holder, and they are few.</summary>
    public IEnumerable<DecisionState> States
    {
        get
        {
            IEnumerable<DecisionState> states = request.States.Count == 0 ? All : request.States.Distinct();
            return request.Holder is null ? states : states.Intersect(Held);
        }
    }

    /// <summary>Adds an item, if it passes the request's filters.</summary>
    /// <param name="position">The position at which it was found; the item may have moved since.</param>
    /// <param name="item">The item.</param>
    public void Add(QueuePosition position, WorkItem item)
    {
        if (request.Matches(item))
        {
            _found.Add((position, item));
        }
    }

    public WorkPage Build()
    {
        var shown = _found.Take(request.Limit).ToList();
        return new([.. shown.Select(pair => pair.Item)], IsFull ? shown[^1].Position.ToString() : null);
    }
}
