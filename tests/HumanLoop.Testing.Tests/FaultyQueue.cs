using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Testing.Tests;

/// <summary>A queue that works; each fault overrides one thing, so that the suite can be seen to go red.</summary>
internal class FaultyQueue(TimeProvider clock) : IReviewQueue, IDecisionJournal
{
    protected InMemoryReviewQueue Inner { get; } = new(clock);

    protected DateTimeOffset Now => clock.GetUtcNow();

    public virtual ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch, CancellationToken cancellationToken) => Inner.EnqueueAsync(batch, cancellationToken);

    public virtual ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => Inner.ClaimAsync(request, cancellationToken);

    public virtual ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, CancellationToken cancellationToken) => Inner.ApplyAsync(transition, expectedRevision, cancellationToken);

    public virtual ValueTask<WorkItem?> GetAsync(string workflow, DecisionId decisionId, CancellationToken cancellationToken) => Inner.GetAsync(workflow, decisionId, cancellationToken);

    public virtual ValueTask<WorkPage> ListAsync(ListRequest request, CancellationToken cancellationToken) => Inner.ListAsync(request, cancellationToken);

    public virtual ValueTask<SweepResult> SweepAsync(SweepRequest request, CancellationToken cancellationToken) => Inner.SweepAsync(request, cancellationToken);

    public virtual ValueTask<IReadOnlyList<QueueMeasure>> MeasureAsync(CancellationToken cancellationToken) => Inner.MeasureAsync(cancellationToken);

    public virtual ValueTask AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) => Inner.AppendAsync(entries, cancellationToken);

    public virtual ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(long after, int max, CancellationToken cancellationToken) => Inner.ReadAsync(after, max, cancellationToken);

    public virtual ValueTask<IReadOnlyList<JournalRecord>> ReadDecisionAsync(string workflow, DecisionId decisionId, long after, int max, CancellationToken cancellationToken) =>
        Inner.ReadDecisionAsync(workflow, decisionId, after, max, cancellationToken);
}
