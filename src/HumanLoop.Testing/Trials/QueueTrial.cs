using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;

namespace HumanLoop.Testing.Trials;

/// <summary>A fresh queue, a clock, and the steps that the cases are made of.</summary>
internal sealed class QueueTrial(ManualClock clock, IReviewQueue queue, Func<IReviewQueue, TimeProvider, ValueTask<IReviewQueue>>? reopen, CancellationToken cancellationToken)
    : IAsyncDisposable
{
    /// <summary>What a relay has taken from the outboxes of a queue that is no journal.</summary>
    private readonly InMemoryDecisionJournal _relayed = new();

    public ManualClock Clock { get; } = clock;

    public IReviewQueue Queue { get; private set; } = queue;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public bool IsJournal => Queue is IDecisionJournal;

    public CancellationToken Cancellation => cancellationToken;

    public async Task ReopenAsync() => Queue = await reopen!(Queue, Clock).ConfigureAwait(false);

    /// <summary>Records work that must be accepted.</summary>
    public async Task<IReadOnlyList<WorkItem>> EnqueueAsync(params IReadOnlyList<NewWork> batch)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var results = await Queue.EnqueueAsync(batch, cancellationToken).ConfigureAwait(false);
        Expect.Equal(batch.Count, results.Count, "Results of EnqueueAsync");
        for (var i = 0; i < batch.Count; i++)
        {
            Expect.Equal(RoutingStatus.Recorded, results[i].Status, $"Status of new work '{batch[i].Routed.DecisionId}'");
            Expect.Equal(batch[i].Routed.DecisionId, results[i].Item?.DecisionId, "The results are in the batch's order; id");
        }

        return [.. results.Select(result => result.Item!)];
    }

    public async Task<WorkItem> EnqueueReviewAsync(DecisionId id) => (await EnqueueAsync(Sample.Review(id, Now)).ConfigureAwait(false))[0];

    public async Task<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Queue.ClaimAsync(request, cancellationToken).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<WorkItem>> ClaimReviewsAsync(string reviewer, int max = 1, string? segment = null) =>
        ClaimAsync(new() { Purpose = WorkPurpose.Review, Holder = reviewer, Max = max, Lease = Sample.Lease, Segment = segment });

    public Task<IReadOnlyList<WorkItem>> ClaimActsAsync(string process = Sample.Process, int max = 1) =>
        ClaimAsync(new() { Purpose = WorkPurpose.Act, Holder = process, Max = max, Lease = Sample.Lease });

    /// <summary>Claims exactly one review.</summary>
    public async Task<WorkItem> ClaimReviewAsync(string reviewer) => One(await ClaimReviewsAsync(reviewer).ConfigureAwait(false), "review");

    /// <summary>Claims exactly one effect.</summary>
    public async Task<WorkItem> ClaimActAsync(string process = Sample.Process) => One(await ClaimActsAsync(process).ConfigureAwait(false), "effect");

    public async Task<TransitionResult> ApplyAsync(Transition transition, long? revision = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var result = await Queue.ApplyAsync(transition, revision, cancellationToken).ConfigureAwait(false);
        Expect.That(result.IsApplied || result.Entry is null, $"{transition.GetType().Name} was refused ({result.Status}) and yet came with an entry.");
        return result;
    }

    /// <summary>Moves an item on; it must be allowed.</summary>
    public async Task<WorkItem> AppliedAsync(Transition transition, long? revision = null)
    {
        var result = await ApplyAsync(transition, revision).ConfigureAwait(false);
        Expect.Equal(TransitionStatus.Applied, result.Status, $"{transition.GetType().Name} of '{transition.DecisionId}'");
        var item = Expect.Some(result.Item, "An applied transition comes with the item.");
        Same(item, await GetAsync(transition.DecisionId, transition.Workflow).ConfigureAwait(false), $"After {transition.GetType().Name}, the item returned and the item read");
        return item;
    }

    /// <summary>Asks for a transition that must be refused, and checks that nothing happened.</summary>
    public async Task RefusedAsync(TransitionStatus why, Transition transition, long? revision = null)
    {
        var before = await GetAsync(transition.DecisionId, transition.Workflow).ConfigureAwait(false);
        var result = await ApplyAsync(transition, revision).ConfigureAwait(false);
        Expect.Equal(why, result.Status, $"{transition.GetType().Name} of '{transition.DecisionId}'");
        Same(before, await GetAsync(transition.DecisionId, transition.Workflow).ConfigureAwait(false), $"After a refused {transition.GetType().Name}, the item before and after");
    }

    public async Task<WorkItem> GetAsync(DecisionId id, string workflow = Sample.Workflow)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Expect.Some(await Queue.GetAsync(workflow, id, cancellationToken).ConfigureAwait(false), $"Decision '{workflow}/{id}' was recorded and is not there.");
    }

    public async Task StateIsAsync(DecisionState expected, DecisionId id) =>
        Expect.Equal(expected, (await GetAsync(id).ConfigureAwait(false)).State, $"State of '{id}'");

    /// <summary>Sweeps until nothing more is due.</summary>
    public async Task<SweepResult> SweepAsync(SweepPolicy? policy = null, int max = 500)
    {
        var (entries, forgotten) = (new List<JournalEntry>(), 0);
        var request = new SweepRequest([policy ?? Sample.Policy()], max);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = await Queue.SweepAsync(request, cancellationToken).ConfigureAwait(false);
            entries.AddRange(result.Entries);
            forgotten += result.Forgotten;
            if (!result.More)
            {
                return new(entries, forgotten, false);
            }

            Expect.That(result.Entries.Count + result.Forgotten > 0, "A sweep did nothing and says that there is more.");
        }
    }

    /// <summary>Every page of a list.</summary>
    public async Task<IReadOnlyList<WorkItem>> ListAsync(ListRequest request)
    {
        var items = new List<WorkItem>();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await Queue.ListAsync(request, cancellationToken).ConfigureAwait(false);
            Expect.That(page.Items.Count <= request.Limit, $"A page of at most {request.Limit} has {page.Items.Count} items.");
            items.AddRange(page.Items);
            if (page.Next is null)
            {
                return items;
            }

            Expect.That(page.Items.Count > 0, "A page is empty and says that another follows.");
            request = request with { Cursor = page.Next };
        }
    }

    /// <summary>Everything journaled so far: by the queue itself, or by a relay that empties its outboxes.</summary>
    public async Task<IReadOnlyList<JournalEntry>> JournalAsync()
    {
        if (Queue is IDecisionJournal own)
        {
            return await JournalTrial.ReadAllAsync(own, cancellationToken).ConfigureAwait(false);
        }

        foreach (var item in await ListAsync(new() { WithOutbox = true, Limit = 100 }).ConfigureAwait(false))
        {
            await _relayed.AppendAsync(item.Outbox, cancellationToken).ConfigureAwait(false);
            var confirmed = await ApplyAsync(new MarkJournaled(item.Workflow, item.DecisionId, item.Outbox[^1].Version)).ConfigureAwait(false);
            Expect.That(confirmed.IsApplied, $"The relayed entries of '{item.DecisionId}' could not be confirmed: {confirmed.Status}.");
        }

        return await JournalTrial.ReadAllAsync(_relayed, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One decision's stream.</summary>
    public async Task<IReadOnlyList<JournalEntry>> StreamAsync(DecisionId id, string workflow = Sample.Workflow) =>
        [.. (await JournalAsync().ConfigureAwait(false)).Where(entry => entry.DecisionId == id && entry.Workflow == workflow)];

    /// <summary>Checks that the journal tells of every item exactly what the queue holds, without a gap.</summary>
    public async Task JournalExplainsEverythingAsync()
    {
        var stories = (await JournalAsync().ConfigureAwait(false)).ToLookup(entry => (entry.Workflow, entry.DecisionId));
        foreach (var item in await ListAsync(new() { Limit = 200 }).ConfigureAwait(false))
        {
            var stream = stories[(item.Workflow, item.DecisionId)].ToList();
            Expect.Sequence(Enumerable.Range(1, stream.Count).Select(version => (long)version), stream.Select(entry => entry.Version), $"Versions in the journal of '{item.DecisionId}'");
            Expect.Equal(item.Version, stream.Count, $"Entries in the journal of '{item.DecisionId}' at version {item.Version}");
            Same(item, WorkItem.Replay(stream), $"'{item.DecisionId}' live and replayed from its journal");
        }
    }

    /// <summary>Compares facts; not payloads, sequences and what a relay has yet to take.</summary>
    public static void Same(WorkItem expected, WorkItem actual, string what) =>
        Expect.Equal(Facts(expected), Facts(actual), what);

    public static string Facts(WorkItem item) => System.Text.Encoding.UTF8.GetString(WorkItemJson.Write(item with { Outbox = [] }));

    public ValueTask DisposeAsync() => Disposal.DisposeAsync(Queue);

    private static WorkItem One(IReadOnlyList<WorkItem> claimed, string what)
    {
        Expect.That(claimed.Count == 1, $"One {what} was free to be claimed; {claimed.Count} were given.");
        return claimed[0];
    }
}
