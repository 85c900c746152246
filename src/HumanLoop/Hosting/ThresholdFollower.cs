using HumanLoop.Observing;

namespace HumanLoop.Hosting;

/// <summary>Brings the thresholds that the evidence writer publishes to the routers of this process.</summary>
internal sealed class ThresholdFollower(WorkflowCatalog catalog, LearningStore store)
{
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (var workflow in catalog.All)
        {
            var (document, version) = await store.ReadThresholdsAsync(workflow.Name, workflow.ThresholdsVersion, cancellationToken).ConfigureAwait(false);
            if (document is not null)
            {
                workflow.UseThresholds(document, version);
            }
        }
    }
}
