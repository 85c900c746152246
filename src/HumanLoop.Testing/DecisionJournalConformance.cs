using HumanLoop.Journaling;
using HumanLoop.Testing.Conformance;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;

namespace HumanLoop.Testing;

/// <summary>What every <see cref="IDecisionJournal"/> promises, as cases for any test framework.</summary>
public static class DecisionJournalConformance
{
    /// <summary>The cases. Each makes a journal of its own and disposes it, if it can be disposed.</summary>
    /// <param name="create">Makes an empty journal.</param>
    /// <param name="reopen">For durable journals: abandons the given one as a crash would and opens the same one again. The default leaves those cases out.</param>
    /// <returns>The cases.</returns>
    public static IReadOnlyList<ConformanceCase> Cases(
        Func<TimeProvider, ValueTask<IDecisionJournal>> create,
        Func<IDecisionJournal, TimeProvider, ValueTask<IDecisionJournal>>? reopen = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        IEnumerable<Promise<JournalTrial>> cases = [.. JournalCases.All, .. reopen is null ? [] : JournalCases.Durable];
        return [.. cases.Select(each => each.With(async cancellationToken =>
        {
            var clock = new ManualClock();
            return new(clock, await create(clock).ConfigureAwait(false), reopen, cancellationToken);
        }))];
    }
}
