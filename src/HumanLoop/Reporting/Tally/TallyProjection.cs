using HumanLoop.Journaling;
using HumanLoop.Observing;
using HumanLoop.Running;

namespace HumanLoop.Reporting;

/// <summary>What workflows' journals add up to, for their scorecards; and beside it the charter that each is measured by.</summary>
internal sealed class TallyProjection(TallyStore tallies, CharterStore charters, Catalog<IReportedWorkflow> catalog, IDecisionJournal journal, TimeProvider time) : IJournalProjection
{
    public string Name => "tally";

    public async Task<IProjected?> LoadAsync(ILearningWorkflow workflow, CancellationToken cancellationToken) =>
        new TalliedWorkflow(catalog.Get(workflow.Name), await tallies.LoadAsync(workflow.Name, cancellationToken).ConfigureAwait(false), charters, time);

    public async Task<IProjectionCheck> CheckAsync(string workflow, CancellationToken cancellationToken) =>
        new TallyCheck(await tallies.LoadAsync(workflow, cancellationToken).ConfigureAwait(false), journal);
}
