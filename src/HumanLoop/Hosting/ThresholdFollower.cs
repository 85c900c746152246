using HumanLoop.Observing;
using HumanLoop.Running;

namespace HumanLoop.Hosting;

/// <summary>Brings the thresholds that the journal projector publishes to the routers of this process.</summary>
internal sealed class ThresholdFollower(IEnumerable<Workflow> workflows, LearningStore store) : IStartTask
{
    public Task StartAsync() => RefreshAsync(CancellationToken.None);

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (var workflow in workflows)
        {
            var (document, version) = await store.ReadThresholdsAsync(workflow.Name, workflow.ThresholdsVersion, cancellationToken).ConfigureAwait(false);
            if (document is not null)
            {
                workflow.UseThresholds(document, version);
            }
        }
    }
}
