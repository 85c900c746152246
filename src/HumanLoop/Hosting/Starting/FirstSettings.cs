using HumanLoop.Observing;
using HumanLoop.Running;

namespace HumanLoop.Hosting;

/// <summary>Writes the settings that learning depends on into the journal, where there are none: they belong before the first decision that is learnt
/// from.</summary>
internal sealed class FirstSettings(Catalog<ILearningWorkflow> catalog, LearningStore learning) : IStartTask
{
    public async Task StartAsync()
    {
        foreach (var workflow in catalog.All)
        {
            await learning.RecordSettingsAsync(workflow.Name, workflow.ThresholdSettings, onlyFirst: true).ConfigureAwait(false);
        }
    }
}
