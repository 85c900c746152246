using HumanLoop.Diagnostics;
using HumanLoop.Observing;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Registration;

/// <summary>The pause that all processes of a store share, kept as one small document for each workflow.</summary>
internal sealed class WorkflowSwitch(WorkflowCatalog catalog, IWorkflowState state, ILogger<WorkflowSwitch> logger)
{
    private const string Document = "pause";
    private const string PausedText = "paused";
    private const string RunningText = "running";

    /// <summary>Follows what other processes did.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (var workflow in catalog.All)
        {
            var document = await state.ReadAsync(workflow.Name, Document, cancellationToken).ConfigureAwait(false);
            Follow(workflow, document?.Value == PausedText);
        }
    }

    public async Task PauseAsync(Workflow workflow, string by, string reason)
    {
        // First here, then in the store: whatever the store says, this process stops.
        Follow(workflow, paused: true);
        await WriteAsync(workflow, PausedText, new WorkflowPaused { Workflow = workflow.Name, Actor = by, Reason = reason }).ConfigureAwait(false);
    }

    public async Task ResumeAsync(Workflow workflow, string by)
    {
        await WriteAsync(workflow, RunningText, new WorkflowResumed { Workflow = workflow.Name, Actor = by }).ConfigureAwait(false);
        Follow(workflow, paused: false);
    }

    private async Task WriteAsync(Workflow workflow, string value, JournalEntry entry)
    {
        while (true)
        {
            var document = await state.ReadAsync(workflow.Name, Document).ConfigureAwait(false);
            if (document?.Value == value || await state.WriteAsync(workflow.Name, Document, value, document?.Version ?? 0, entry).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private void Follow(Workflow workflow, bool paused)
    {
        if (workflow.PauseInStore(paused))
        {
            if (paused)
            {
                logger.Paused(workflow.Name);
            }
            else
            {
                logger.Resumed(workflow.Name);
            }
        }
    }
}
