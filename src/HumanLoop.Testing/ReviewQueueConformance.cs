using HumanLoop.Queueing;
using HumanLoop.Testing.Conformance;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;

namespace HumanLoop.Testing;

/// <summary>What every <see cref="IReviewQueue"/> promises, as cases for any test framework.</summary>
public static class ReviewQueueConformance
{
    /// <summary>The cases. Each makes a queue of its own and disposes it, if it can be disposed.</summary>
    /// <param name="create">Makes an empty queue that takes its time from the given clock.</param>
    /// <param name="reopen">
    /// For durable queues: abandons the given one as a crash would and opens the same store again. The default,
    /// <see langword="null"/>, leaves the cases about durability out.
    /// </param>
    /// <returns>The cases, in the order of a decision's journey.</returns>
    public static IReadOnlyList<ConformanceCase> Cases(
        Func<TimeProvider, ValueTask<IReviewQueue>> create,
        Func<IReviewQueue, TimeProvider, ValueTask<IReviewQueue>>? reopen = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        IEnumerable<Promise<QueueTrial>> cases =
        [
            .. EnqueueCases.All,
            .. MaxPendingCases.All,
            .. ClaimCases.All,
            .. SkillCases.All,
            .. LeaseCases.All,
            .. VerdictCases.All,
            .. VoteCases.All,
            .. HandOverCases.All,
            .. WithdrawCases.All,
            .. EffectCases.All,
            .. AuditCases.All,
            .. DeadlineCases.All,
            .. RetentionCases.All,
            .. ListCases.All,
            .. MeasureCases.All,
            .. JournalingCases.All,
            .. ConcurrencyCases.All,
            .. ModelCases.All,
            .. reopen is null ? [] : DurabilityCases.All,
        ];
        return [.. cases.Select(each => each.With(async cancellationToken =>
        {
            var clock = new ManualClock();
            return new(clock, await create(clock).ConfigureAwait(false), reopen, cancellationToken);
        }))];
    }
}
