using HumanLoop.Queueing;
using HumanLoop.Running;
using Microsoft.Extensions.Options;

namespace HumanLoop.Routing;

/// <summary>Waits for resolutions: woken by what happens in this process, and asking the store for what happens in others.</summary>
internal sealed class VerdictWaiter(WorkQueue ledger, StartGate start, WorkSignals signals, IOptions<HumanLoopOptions> options, TimeProvider time)
{
    public async Task<Resolution<TProposal>> WaitAsync<TProposal>(IRoutedWorkflow<TProposal> workflow, DecisionId id, CancellationToken cancellationToken)
    {
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var review = new ReviewId(workflow.Name, id);
        signals.Watch(review);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var moved = signals.NextMove(review);
                var item = await ledger.GetAsync(workflow.Name, id, cancellationToken).ConfigureAwait(false)
                    ?? throw new DecisionNotResolvedException(workflow.Name, id, "is not known; it was never routed, or its id has been forgotten");
                if (item.State == DecisionState.Withdrawn)
                {
                    // Also after a verdict: what was taken back before it acted is not resolved by it.
                    throw new DecisionNotResolvedException(workflow.Name, id, "was withdrawn");
                }

                if (IsResolved(item))
                {
                    return workflow.Resolve(item, Math.Max(1, item.Attempt));
                }

                if (item.Verdict is null && (item.State == DecisionState.Expired || item.Effect == Effect.Decline))
                {
                    throw new DecisionNotResolvedException(workflow.Name, id, "expired without a verdict");
                }

                await moved.WaitAsync(options.Value.PollInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            signals.Unwatch(review);
        }
    }

    /// <summary>A verdict stands once its undo window has closed; what goes straight through is resolved from the start.</summary>
    private static bool IsResolved(WorkItem item) =>
        item.Verdict is not null ? item.State != DecisionState.Decided : item.Routed.Route.ActsAtOnce && item.ReviewReason is null;
}
