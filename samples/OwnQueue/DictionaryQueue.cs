using HumanLoop;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace OwnQueue;

/// <summary>A review queue of one's own, as short as it can be: a dictionary and a lock. In its place think of a table and a transaction.</summary>
/// <remarks>It is not its own journal, so each change leaves its entry in the item's outbox, from which HumanLoop carries it to the journal.</remarks>
public sealed class DictionaryQueue(TimeProvider clock) : IReviewQueue
{
    private readonly Lock _transaction = new();
    private readonly Dictionary<(string Workflow, DecisionId Id), WorkItem> _items = [];
    private readonly Dictionary<(string Workflow, DecisionId Id), long> _forgotten = [];
    private long _sequence;

    private IEnumerable<WorkItem> MostUrgentFirst => _items.Values.OrderBy(QueuePosition.Of);

    public ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch, CancellationToken cancellationToken) =>
        InTransaction<IReadOnlyList<EnqueueResult>>(now => [.. batch.Select(work => Enqueue(work, now))]);

    public ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        InTransaction<IReadOnlyList<WorkItem>>(now =>
        {
            // The rule is the core's: a queue only offers candidates in order and keeps what the rule took.
            var taken = MostUrgentFirst.Select(item => request.Take(item, now)).Where(result => result.IsApplied).Take(request.Max).ToList();
            return taken.ConvertAll(result => Keep(result).Item!);
        });

    public ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, CancellationToken cancellationToken) =>
        InTransaction(now => _items.TryGetValue((transition.Workflow, transition.DecisionId), out var item)
            ? Keep(transition.ApplyTo(item, expectedRevision, now))
            : TransitionResult.NotFound);

    public ValueTask<WorkItem?> GetAsync(string workflow, DecisionId decisionId, CancellationToken cancellationToken) =>
        InTransaction(_ => _items.GetValueOrDefault((workflow, decisionId)));

    public ValueTask<WorkPage> ListAsync(ListRequest request, CancellationToken cancellationToken) =>
        InTransaction(_ =>
        {
            // A cursor is the position of the last item shown, not a count: so nothing is skipped when others move.
            request.Validate();
            var after = QueuePosition.Parse(request.Cursor);
            var items = MostUrgentFirst.Where(item => request.Matches(item) && QueuePosition.Of(item) > after).Take(request.Limit + 1).ToList();
            return items.Count <= request.Limit
                ? new WorkPage(items, null)
                : new WorkPage(items[..request.Limit], QueuePosition.Of(items[request.Limit - 1]).ToString());
        });

    public ValueTask<SweepResult> SweepAsync(SweepRequest request, CancellationToken cancellationToken) =>
        InTransaction(now =>
        {
            var (entries, forgotten) = (new List<JournalEntry>(), 0);
            var due = _items.Values.Where(item => request.Next(item, now) is not null || request.ErasesPayload(item, now) || request.Forgets(item, now)).ToList();
            foreach (var candidate in due.Take(request.Max))
            {
                var item = candidate;
                while (request.Next(item, now) is { } next)
                {
                    // What was kept, with its outbox, is what the next step begins from.
                    item = Keep(next).Item!;
                    entries.Add(next.Entry!);
                }

                if (request.ErasesPayload(item, now))
                {
                    entries.Add(Keep(new ErasePayload(item.Workflow, item.DecisionId).ApplyTo(item, null, now)).Entry!);
                }
                else if (request.Forgets(item, now) && _items.Remove((item.Workflow, item.DecisionId)))
                {
                    _forgotten[(item.Workflow, item.DecisionId)] = item.Version;
                    forgotten++;
                }
            }

            return new SweepResult(entries, forgotten, due.Count > request.Max);
        });

    public ValueTask<IReadOnlyList<QueueMeasure>> MeasureAsync(CancellationToken cancellationToken) =>
        InTransaction<IReadOnlyList<QueueMeasure>>(_ => [.. _items.Values.GroupBy(item => item.Workflow).Select(items => items.Aggregate(
            new QueueMeasure { Workflow = items.Key },
            (measure, item) => measure.Add(item.State, 1, item.IsOverdue ? 1 : 0, item.ReadyAt)))]);

    private EnqueueResult Enqueue(NewWork work, DateTimeOffset now)
    {
        var key = (work.Routed.Workflow, work.Routed.DecisionId);
        if (_items.TryGetValue(key, out var known))
        {
            return new(RoutingStatus.AlreadyRecorded, known);
        }

        if (work.Routed.IsDrawn && work.MaxPending <= _items.Values.Count(item => item.Workflow == key.Workflow && item.CountsAsPending))
        {
            return new(RoutingStatus.Refused, null);
        }

        // A forgotten id goes on counting, for the journal knows its earlier entries by their versions.
        var routed = work.Routed with { Version = _forgotten.GetValueOrDefault(key) + 1, At = now };
        var item = WorkItem.Begin(routed, work.Payload) with { Sequence = ++_sequence };
        return new(RoutingStatus.Recorded, Keep(new(TransitionStatus.Applied, item, routed)).Item);
    }

    private TransitionResult Keep(TransitionResult result)
    {
        if (result is not { IsApplied: true, Item: { } item })
        {
            return result;
        }

        item = result.Entry is { } entry ? item with { Outbox = [.. item.Outbox, entry] } : item;
        _items[(item.Workflow, item.DecisionId)] = item;
        return result with { Item = item };
    }

    private ValueTask<T> InTransaction<T>(Func<DateTimeOffset, T> work)
    {
        lock (_transaction)
        {
            return new(work(clock.GetUtcNow()));
        }
    }
}
