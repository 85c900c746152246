namespace HumanLoop.Queueing;

/// <summary>Items in memory, found by id and in every order that a queue asks for, each in logarithmic time.</summary>
/// <remarks>Not safe for concurrent use; the queue's lock guards it.</remarks>
internal sealed class WorkIndex
{
    private readonly Dictionary<(string Workflow, DecisionId DecisionId), WorkItem> _items = [];
    private readonly Dictionary<long, WorkItem> _bySequence = [];
    private readonly Dictionary<Lane, SortedSet<QueuePosition>> _free = [];
    private readonly SortedSet<QueuePosition> _later = [];
    private readonly Dictionary<(string Workflow, DecisionState State), SortedSet<QueuePosition>> _states = [];
    private readonly Dictionary<(string Workflow, Clock Clock), SortedSet<QueuePosition>> _clocks = [];
    private readonly Dictionary<string, int> _pending = [];

    private static QueuePosition Last { get; } = new(long.MaxValue, long.MaxValue, long.MaxValue);

    private enum Clock
    {
        Wake,
        Closed,
        ClosedWithPayload,
    }

    public IReadOnlyCollection<string> Workflows => _pending.Keys;

    public WorkItem? Find(string workflow, DecisionId id) => _items.GetValueOrDefault((workflow, id));

    /// <summary>How many of a workflow's decisions await a verdict, now or once they have acted.</summary>
    public int Pending(string workflow) => _pending.GetValueOrDefault(workflow);

    public int Count(string workflow, DecisionState state) => _states.TryGetValue((workflow, state), out var set) ? set.Count : 0;

    public void Put(WorkItem item, DateTimeOffset now)
    {
        var key = (item.Workflow, item.DecisionId);
        if (_items.TryGetValue(key, out var before))
        {
            Unlist(before);
        }

        _items[key] = item;
        _bySequence[item.Sequence] = item;
        _pending[item.Workflow] = Pending(item.Workflow) + (item.CountsAsPending ? 1 : 0);
        Set(_states, (item.Workflow, item.State)).Add(QueuePosition.Of(item));
        foreach (var (clock, at) in Moments(item))
        {
            Set(_clocks, (item.Workflow, clock)).Add(At(at, item));
        }

        if (item.State is not (DecisionState.Pending or DecisionState.ActDue))
        {
            return;
        }

        if (item.ReadyAt > now)
        {
            _later.Add(At(item.ReadyAt, item));
        }
        else
        {
            Free(item);
        }
    }

    public void Remove(WorkItem item)
    {
        if (_items.Remove((item.Workflow, item.DecisionId), out var before))
        {
            _bySequence.Remove(before.Sequence);
            Unlist(before);
        }
    }

    /// <summary>What a request may look at, most urgent first. The caller changes nothing while it reads.</summary>
    public IEnumerable<WorkItem> Claimable(ClaimRequest request, DateTimeOffset now)
    {
        while (_later.Count > 0 && _later.Min is { } first && first.Due <= now.UtcTicks)
        {
            _later.Remove(first);
            Free(_bySequence[first.Sequence]);
        }

        var sets = new List<IEnumerable<QueuePosition>>();
        foreach (var workflow in request.Workflows.Count == 0 ? Workflows : request.Workflows.Distinct())
        {
            Consider(new(request.Purpose, workflow, request.Segment, null));
            if (request.Purpose == WorkPurpose.Review)
            {
                Consider(new(request.Purpose, workflow, request.Segment, request.Holder));
            }
        }

        return Merge(sets);

        void Consider(Lane lane)
        {
            if (_free.TryGetValue(lane, out var set) && set.Count > 0)
            {
                sets.Add(set);
            }
        }
    }

    /// <summary>What a list may show, most urgent first, after a position.</summary>
    public IEnumerable<WorkItem> Listed(ListRequest request, QueuePosition after)
    {
        var start = new QueuePosition(after.Rank, after.Due, after.Sequence + 1);
        var workflows = request.Workflow is { } one ? [one] : Workflows;
        var states = request.States.Count == 0 ? Enum.GetValues<DecisionState>() : request.States.Distinct();
        return Merge([.. from workflow in workflows
                         from state in states
                         where Count(workflow, state) > 0
                         select _states[(workflow, state)].GetViewBetween(start, Last)]);
    }

    public IEnumerable<WorkItem> DueToWake(string workflow, DateTimeOffset now) => Until(workflow, Clock.Wake, now);

    public IEnumerable<WorkItem> ClosedWithPayload(string workflow, DateTimeOffset now) => Until(workflow, Clock.ClosedWithPayload, now);

    public IEnumerable<WorkItem> Closed(string workflow, DateTimeOffset now) => Until(workflow, Clock.Closed, now);

    /// <summary>A position in an order by a moment instead of by urgency.</summary>
    private static QueuePosition At(DateTimeOffset moment, WorkItem item) => new(0, moment.UtcTicks, item.Sequence);

    private static IEnumerable<(Clock Clock, DateTimeOffset At)> Moments(WorkItem item)
    {
        if (item.WakeAt is { } wake)
        {
            yield return (Clock.Wake, wake);
        }

        if (item.ClosedAt is { } closed)
        {
            yield return (Clock.Closed, closed);
            if (!item.IsErased)
            {
                yield return (Clock.ClosedWithPayload, closed);
            }
        }
    }

    private static IEnumerable<Lane> Lanes(WorkItem item)
    {
        var purpose = item.State == DecisionState.Pending ? WorkPurpose.Review : WorkPurpose.Act;
        var assigned = purpose == WorkPurpose.Review ? item.AssignedTo : null;
        yield return new(purpose, item.Workflow, null, assigned);
        if (item.Routed.Segment is { } segment)
        {
            yield return new(purpose, item.Workflow, segment, assigned);
        }
    }

    private static SortedSet<QueuePosition> Set<TKey>(Dictionary<TKey, SortedSet<QueuePosition>> sets, TKey key)
        where TKey : notnull
    {
        if (!sets.TryGetValue(key, out var set))
        {
            sets[key] = set = [];
        }

        return set;
    }

    /// <summary>One ordered sequence out of several.</summary>
    private IEnumerable<WorkItem> Merge(List<IEnumerable<QueuePosition>> sets)
    {
        var heads = new PriorityQueue<IEnumerator<QueuePosition>, QueuePosition>();
        foreach (var set in sets)
        {
            Advance(set.GetEnumerator());
        }

        while (heads.TryDequeue(out var head, out var position))
        {
            yield return _bySequence[position.Sequence];
            Advance(head);
        }

        void Advance(IEnumerator<QueuePosition> positions)
        {
            if (positions.MoveNext())
            {
                heads.Enqueue(positions, positions.Current);
            }
        }
    }

    private IEnumerable<WorkItem> Until(string workflow, Clock clock, DateTimeOffset now) =>
        _clocks.TryGetValue((workflow, clock), out var set)
            ? set.TakeWhile(position => position.Due <= now.UtcTicks).Select(position => _bySequence[position.Sequence])
            : [];

    private void Free(WorkItem item)
    {
        foreach (var lane in Lanes(item))
        {
            Set(_free, lane).Add(QueuePosition.Of(item));
        }
    }

    private void Unlist(WorkItem item)
    {
        _pending[item.Workflow] -= item.CountsAsPending ? 1 : 0;
        _states[(item.Workflow, item.State)].Remove(QueuePosition.Of(item));
        foreach (var (clock, at) in Moments(item))
        {
            _clocks[(item.Workflow, clock)].Remove(At(at, item));
        }

        if (item.State is not (DecisionState.Pending or DecisionState.ActDue) || _later.Remove(At(item.ReadyAt, item)))
        {
            return;
        }

        foreach (var lane in Lanes(item))
        {
            var set = _free[lane];
            set.Remove(QueuePosition.Of(item));
            if (set.Count == 0)
            {
                // Segments and assignees come and go; their empty sets would add up.
                _free.Remove(lane);
            }
        }
    }

    /// <summary>Work of one kind that the same people may claim.</summary>
    private readonly record struct Lane(WorkPurpose Purpose, string Workflow, string? Segment, string? AssignedTo);
}
