using HumanLoop.Journaling;
using HumanLoop.Testing.Conformance;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;

namespace HumanLoop.Testing;

/// <summary>What every <see cref="IWorkflowState"/> promises, as cases for any test framework.</summary>
public static class WorkflowStateConformance
{
    /// <summary>The cases. Each makes a state of its own and disposes it, if it can be disposed.</summary>
    /// <param name="create">Makes an empty state that takes its time from the given clock.</param>
    /// <param name="journal">Where entries go that are written with a document. The default, <see langword="null"/>, is the state itself.</param>
    /// <param name="reopen">For durable states: abandons the given one as a crash would and opens the same one again. The default leaves those cases out.</param>
    /// <returns>The cases.</returns>
    public static IReadOnlyList<ConformanceCase> Cases(
        Func<TimeProvider, ValueTask<IWorkflowState>> create,
        Func<IWorkflowState, IDecisionJournal>? journal = null,
        Func<IWorkflowState, TimeProvider, ValueTask<IWorkflowState>>? reopen = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        IEnumerable<Promise<StateTrial>> cases = [.. StateCases.All, .. reopen is null ? [] : StateCases.Durable];
        return [.. cases.Select(each => each.With(async cancellationToken =>
        {
            var clock = new ManualClock();
            return new(clock, await create(clock).ConfigureAwait(false), journal, reopen, cancellationToken);
        }))];
    }
}
