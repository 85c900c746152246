namespace HumanLoop.Queueing;

/// <summary>Items in memory, found by id and in every order that a queue asks for, each in logarithmic time.</summary>
/// <remarks>Not safe for concurrent use; the queue's lock guards it.</remarks>
internal sealed class WorkIndex
{
    private readonly Dictionary<(string Workflow, DecisionId DecisionId), WorkItem> _items = [];
    private readonly Dictionary<Slot, SortedSet<Place>> _free = [];
    private readonly SortedSet<Place> _later = [];
    private readonly Dictionary<(string Workflow, ReviewState State), SortedSet<Place>> _states = [];
    private readonly Dictionary<(string Workflow, Clock Clock), SortedSet<Place>> _clocks = [];
    private readonly Dictionary<string, int> _pending = [];

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

    public int Count(string workflow, ReviewState state) => _states.TryGetValue((workflow, state), out var set) ? set.Count : 0;

    public void Put(WorkItem item, DateTimeOffset now)
    {
        var key = (item.Workflow, item.DecisionId);
        if (_items.TryGetValue(key, out var before))
        {
            Unlist(before);
        }

        _items[key] = item;
        _pending[item.Workflow] = Pending(item.Workflow) + (item.CountsAsPending ? 1 : 0);
        Set(_states, (item.Workflow, item.State)).Add(Place.ByUrgency(item));
        foreach (var (clock, at) in Moments(item))
        {
            Set(_clocks, (item.Workflow, clock)).Add(Place.At(at, item));
        }

        if (item.State is not (ReviewState.Pending or ReviewState.ActDue))
        {
            return;
        }

        if (item.ReadyAt > now)
        {
            _later.Add(Place.At(item.ReadyAt, item));
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
            Unlist(before);
        }
    }

    /// <summary>What a request may look at, most urgent first. The caller changes nothing while it reads.</summary>
    public IEnumerable<WorkItem> Claimable(ClaimRequest request, DateTimeOffset now)
    {
        while (_later.Count > 0 && _later.Min is { Item: { } item } first && item.ReadyAt <= now)
        {
            _later.Remove(first);
            Free(item);
        }

        var sets = new List<IEnumerable<Place>>();
        foreach (var workflow in request.Workflows.Count == 0 ? Workflows : request.Workflows.Distinct())
        {
            Consider(new(request.Purpose, workflow, request.Segment, null));
            if (request.Purpose == WorkPurpose.Review)
            {
                Consider(new(request.Purpose, workflow, request.Segment, request.Holder));
            }
        }

        return Merge(sets);

        void Consider(Slot slot)
        {
            if (_free.TryGetValue(slot, out var set) && set.Count > 0)
            {
                sets.Add(set);
            }
        }
    }

    /// <summary>What a list may show, most urgent first, from a place on.</summary>
    public IEnumerable<WorkItem> Listed(ListRequest request, Place start)
    {
        var workflows = request.Workflow is { } one ? [one] : Workflows;
        var states = request.States.Count == 0 ? Enum.GetValues<ReviewState>() : request.States.Distinct();
        return Merge([.. from workflow in workflows
                         from state in states
                         where Count(workflow, state) > 0
                         select _states[(workflow, state)].GetViewBetween(start, Place.Last)]);
    }

    public IEnumerable<WorkItem> DueToWake(string workflow, DateTimeOffset now) => Until(workflow, Clock.Wake, now);

    public IEnumerable<WorkItem> ClosedWithPayload(string workflow, DateTimeOffset now) => Until(workflow, Clock.ClosedWithPayload, now);

    public IEnumerable<WorkItem> Closed(string workflow, DateTimeOffset now) => Until(workflow, Clock.Closed, now);

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

    private static IEnumerable<Slot> Slots(WorkItem item)
    {
        var purpose = item.State == ReviewState.Pending ? WorkPurpose.Review : WorkPurpose.Act;
        var assigned = purpose == WorkPurpose.Review ? item.AssignedTo : null;
        yield return new(purpose, item.Workflow, null, assigned);
        if (item.Routed.Segment is { } segment)
        {
            yield return new(purpose, item.Workflow, segment, assigned);
        }
    }

    private static SortedSet<Place> Set<TKey>(Dictionary<TKey, SortedSet<Place>> sets, TKey key)
        where TKey : notnull
    {
        if (!sets.TryGetValue(key, out var set))
        {
            sets[key] = set = [];
        }

        return set;
    }

    /// <summary>One ordered sequence out of several.</summary>
    private static IEnumerable<WorkItem> Merge(List<IEnumerable<Place>> sets)
    {
        var heads = new PriorityQueue<IEnumerator<Place>, Place>();
        foreach (var set in sets)
        {
            Advance(set.GetEnumerator());
        }

        while (heads.TryDequeue(out var head, out var place))
        {
            yield return place.Item!;
            Advance(head);
        }

        void Advance(IEnumerator<Place> places)
        {
            if (places.MoveNext())
            {
                heads.Enqueue(places, places.Current);
            }
        }
    }

    private IEnumerable<WorkItem> Until(string workflow, Clock clock, DateTimeOffset now) =>
        _clocks.TryGetValue((workflow, clock), out var set)
            ? set.TakeWhile(place => place.Moment <= now.UtcTicks).Select(place => place.Item!)
            : [];

    private void Free(WorkItem item)
    {
        foreach (var slot in Slots(item))
        {
            Set(_free, slot).Add(Place.ByUrgency(item));
        }
    }

    private void Unlist(WorkItem item)
    {
        _pending[item.Workflow] -= item.CountsAsPending ? 1 : 0;
        _states[(item.Workflow, item.State)].Remove(Place.ByUrgency(item));
        foreach (var (clock, at) in Moments(item))
        {
            _clocks[(item.Workflow, clock)].Remove(Place.At(at, item));
        }

        if (item.State is not (ReviewState.Pending or ReviewState.ActDue) || _later.Remove(Place.At(item.ReadyAt, item)))
        {
            return;
        }

        foreach (var slot in Slots(item))
        {
            var set = _free[slot];
            set.Remove(Place.ByUrgency(item));
            if (set.Count == 0)
            {
                // Segments and assignees come and go; their empty sets would add up.
                _free.Remove(slot);
            }
        }
    }

    /// <summary>Work of one kind that the same people may claim.</summary>
    private readonly record struct Slot(WorkPurpose Purpose, string Workflow, string? Segment, string? AssignedTo);
}
