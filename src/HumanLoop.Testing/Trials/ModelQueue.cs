using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Testing.Trials;

/// <summary>A queue of one workflow that is plainly right: it looks at everything, every time.</summary>
internal sealed class ModelQueue
{
    private readonly Dictionary<DecisionId, WorkItem> _items = [];

    private IEnumerable<WorkItem> ByUrgency =>
        _items.Values.OrderByDescending(item => item.Priority).ThenBy(item => item.Due ?? DateTimeOffset.MaxValue).ThenBy(item => item.Sequence);

    public WorkItem? Any(Random random) => _items.Count == 0 ? null : _items.Values.OrderBy(item => item.Sequence).ElementAt(random.Next(_items.Count));

    public EnqueueResult Enqueue(NewWork work, long sequence)
    {
        var id = work.Routed.DecisionId;
        if (_items.TryGetValue(id, out var known))
        {
            return new(RoutingStatus.AlreadyRecorded, known);
        }

        if (work.Routed.IsDrawn && work.MaxPending <= _items.Values.Count(item => item.CountsAsPending))
        {
            return new(RoutingStatus.Refused, null);
        }

        var item = WorkItem.Begin(work.Routed with { Version = 1 }, work.Payload) with { Sequence = sequence };
        _items.Add(id, item);
        return new(RoutingStatus.Recorded, item);
    }

    public IReadOnlyList<WorkItem> Claim(ClaimRequest request, DateTimeOffset now)
    {
        var taken = ByUrgency.Select(item => request.Take(item, now)).Where(result => result.IsApplied).Take(request.Max).Select(result => result.Item!).ToList();
        taken.ForEach(Put);
        return taken;
    }

    public TransitionResult Apply(Transition transition, long? revision, DateTimeOffset now)
    {
        var result = transition.ApplyTo(_items[transition.DecisionId], revision, now);
        Put(result.Item!);
        return result;
    }

    public IReadOnlyList<JournalEntry> Sweep(SweepPolicy policy, DateTimeOffset now)
    {
        var request = new SweepRequest([policy]);
        var entries = new List<JournalEntry>();
        foreach (var id in _items.Keys.ToList())
        {
            while (request.Next(_items[id], now) is { } next)
            {
                Put(next.Item!);
                entries.Add(next.Entry!);
            }

            if (request.ErasesPayload(_items[id], now))
            {
                entries.Add(Apply(new ErasePayload(policy.Workflow, id), null, now).Entry!);
            }
        }

        return entries;
    }

    public IEnumerable<WorkItem> List(ListRequest request) => ByUrgency.Where(request.Matches);

    private void Put(WorkItem item) => _items[item.DecisionId] = item;
}
