using HumanLoop.Diagnostics;
using HumanLoop.Reviewing;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Registration;

/// <summary>The owner's hand on the workflows.</summary>
internal sealed class WorkflowControl(WorkflowCatalog catalog, WorkflowSwitch stopSwitch, ReviewLedger ledger, LoopStart start, ILogger<WorkflowControl> logger) : IWorkflowControl
{
    public async Task PauseAsync(string workflow, string by, string reason, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        ArgumentNullException.ThrowIfNull(reason);
        await stopSwitch.PauseAsync(catalog.Get(workflow), by, reason).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task ResumeAsync(string workflow, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        await stopSwitch.ResumeAsync(catalog.Get(workflow), by).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void StopLocally(string workflow)
    {
        if (catalog.Get(workflow).StopLocally(true))
        {
            logger.Paused(workflow);
        }
    }

    public void StartLocally(string workflow)
    {
        if (catalog.Get(workflow).StopLocally(false))
        {
            logger.Resumed(workflow);
        }
    }

    public bool IsPaused(string workflow) => catalog.Get(workflow).IsPaused;

    public async Task<TransitionStatus> EraseAsync(ReviewId id, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var result = await ledger.ApplyAsync(new ErasePayload(id.Workflow, id.DecisionId) { Actor = by }, null).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (result.IsApplied)
        {
            logger.Erased(id.Workflow, 1);
        }

        return result.Status;
    }

    public async Task<ErasureResult> EraseSubjectAsync(string subject, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<ReviewId>();
        string? cursor = null;
        do
        {
            var page = await ledger.ListAsync(new() { Subject = subject, Limit = 1000, Cursor = cursor }, cancellationToken).ConfigureAwait(false);
            found.AddRange(page.Items.Select(item => new ReviewId(item.Workflow, item.DecisionId)));
            cursor = page.Next;
        }
        while (cursor is not null);

        var open = new List<ReviewId>();
        var erased = 0;
        foreach (var id in found)
        {
            switch (await EraseAsync(id, by, cancellationToken).ConfigureAwait(false))
            {
                case TransitionStatus.Applied:
                    erased++;
                    break;
                case TransitionStatus.NotAllowed:
                    open.Add(id);
                    break;
            }
        }

        return new(erased, open);
    }
}
