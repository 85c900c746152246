using HumanLoop.Diagnostics;
using HumanLoop.Registration;
using HumanLoop.Reviewing;
using Microsoft.Extensions.Logging;
using Polly;

namespace HumanLoop.Acting;

/// <summary>Calls a workflow's handler under its timeout and records how that ended.</summary>
/// <remarks>Before a call, the store says that an attempt has begun; after it, what became of it. A crash in between shows as a lease that runs out.</remarks>
internal sealed class EffectRunner(ReviewLedger ledger, ProcessIdentity process, TimeProvider time, ILogger<EffectRunner> logger)
{
    /// <summary>What a lease allows beyond the handler's time, for the store's own.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private static readonly ResiliencePipeline Recording = new ResiliencePipelineBuilder()
        .AddRetry(new() { MaxRetryAttempts = 3, Delay = TimeSpan.FromMilliseconds(100), BackoffType = DelayBackoffType.Exponential, UseJitter = true, ShouldHandle = new PredicateBuilder().Handle<StoreException>() })
        .Build();

    public static TimeSpan LeaseOf(WorkflowOptions options) => options.Acting.Timeout + Margin;

    /// <summary>The one attempt that routing makes itself, outside any retries. If it fails, the effect falls due for the dispatcher.</summary>
    public async Task RunOnceAsync(Workflow workflow, WorkItem item, CancellationToken stopping)
    {
        if (LiveWork.Of(item) is not { } work)
        {
            return;
        }

        try
        {
            await AttemptAsync(workflow, work, item.Attempt, stopping).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await FailedAsync(workflow, item, failure, item.Attempt, retry: true).ConfigureAwait(false);
            return;
        }

        await DoneAsync(workflow, item).ConfigureAwait(false);
    }

    /// <summary>As many attempts as the workflow's pipeline makes, the lease kept alive meanwhile.</summary>
    public async Task RunAsync(Workflow workflow, WorkItem item, CancellationToken stopping)
    {
        if (LiveWork.Of(item) is not { } work)
        {
            return;
        }

        using var held = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var heartbeat = KeepLeaseAsync(workflow, item, held);
        var context = ResilienceContextPool.Shared.Get(held.Token);
        var attempts = item.Attempt - 1;
        Exception? failure = null;
        try
        {
            var pipeline = workflow.Options.Acting.Idempotent ? workflow.Pipeline : ResiliencePipeline.Empty;
            await pipeline.ExecuteAsync(
                async attempt =>
                {
                    attempt.Properties.Set(EffectRetries.Attempts, ++attempts);
                    await AttemptAsync(workflow, work, attempts, attempt.CancellationToken).ConfigureAwait(false);
                },
                context).ConfigureAwait(false);
        }
        catch (Exception caught)
        {
            failure = caught;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            await held.CancelAsync().ConfigureAwait(false);
            await heartbeat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (failure is null)
        {
            await DoneAsync(workflow, item).ConfigureAwait(false);
        }
        else
        {
            // At shutdown the work goes back at once, so that another process need not wait for the lease to end.
            await FailedAsync(workflow, item, failure, Math.Max(attempts, item.Attempt), retry: stopping.IsCancellationRequested).ConfigureAwait(false);
        }
    }

    private async Task AttemptAsync(Workflow workflow, LiveWork work, int attempt, CancellationToken stopping)
    {
        var timeout = workflow.Options.Acting.Timeout;
        var limit = new CancellationTokenSource(timeout, time);
        var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        var token = linked.Token;
        var call = CallAsync(workflow, work, attempt, linked, limit);
        try
        {
            // A handler that ignores its token must not hold up whoever routed the decision: from here on the attempt's end is unknown.
            await call.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"The handler took longer than Acting:Timeout ({timeout:c}).");
        }
    }

    private static async Task CallAsync(Workflow workflow, LiveWork work, int attempt, CancellationTokenSource linked, CancellationTokenSource limit)
    {
        try
        {
            await workflow.AttemptAsync(work, attempt, linked.Token).ConfigureAwait(false);
        }
        finally
        {
            linked.Dispose();
            limit.Dispose();
        }
    }

    private async Task KeepLeaseAsync(Workflow workflow, WorkItem item, CancellationTokenSource held)
    {
        var lease = LeaseOf(workflow.Options);
        while (true)
        {
            await Task.Delay(lease / 3, time, held.Token).ConfigureAwait(false);
            try
            {
                var extended = await ledger.ApplyAsync(new ExtendLease(item.Workflow, item.DecisionId, lease) { Actor = process.Name }, item.Revision).ConfigureAwait(false);
                if (!extended.IsApplied)
                {
                    logger.LeaseLost(item.Workflow, item.DecisionId);
                    await held.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
            catch (StoreException)
            {
                // The lease still runs; the next beat tries again.
            }
        }
    }

    private async Task DoneAsync(Workflow workflow, WorkItem item)
    {
        var key = IdempotencyKey.Of(item.Workflow, item.DecisionId, item.Effect);
        try
        {
            var settled = await RecordAsync(new CompleteEffect(item.Workflow, item.DecisionId, key) { Actor = process.Name }, item).ConfigureAwait(false);
            if (!settled.IsApplied)
            {
                logger.LeaseLost(workflow.Name, item.DecisionId);
            }
        }
        catch (StoreException failure)
        {
            logger.SettleFailed(workflow.Name, item.DecisionId, failure.InnerException?.GetType().Name ?? nameof(StoreException));
        }
    }

    private async Task FailedAsync(Workflow workflow, WorkItem item, Exception failure, int attempts, bool retry)
    {
        var error = failure.GetType().Name;
        Transition transition;
        if (!workflow.Options.Acting.Idempotent)
        {
            logger.EffectUncertain(workflow.Name, item.DecisionId);
            transition = new QuestionEffect(item.Workflow, item.DecisionId, failure.Message) { Actor = process.Name };
        }
        else if (retry && attempts <= workflow.Options.Acting.Retries)
        {
            logger.EffectFailed(workflow.Name, item.Effect, item.DecisionId, error, attempts);
            transition = new FailEffect(item.Workflow, item.DecisionId, error, failure.Message, attempts, time.GetUtcNow()) { Actor = process.Name };
        }
        else
        {
            logger.DeadLettered(workflow.Name, item.Effect, item.DecisionId, error, attempts, workflow.Options.Owner);
            transition = new FailEffect(item.Workflow, item.DecisionId, error, failure.Message, attempts, RetryAt: null) { Actor = process.Name };
        }

        try
        {
            await RecordAsync(transition, item).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // The lease runs out and the effect falls due again, or goes to a person: nothing is lost by not recording the failure.
            logger.LeaseLost(workflow.Name, item.DecisionId);
        }
    }

    private ValueTask<TransitionResult> RecordAsync(Transition transition, WorkItem item) =>
        Recording.ExecuteAsync(static (state, _) => state.ledger.ApplyAsync(state.transition, state.item.Revision, state.item), (ledger, transition, item));
}
