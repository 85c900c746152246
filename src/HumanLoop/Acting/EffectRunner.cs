using HumanLoop.Diagnostics;
using HumanLoop.Queueing;
using HumanLoop.Running;
using Microsoft.Extensions.Logging;
using Polly;

namespace HumanLoop.Acting;

/// <summary>Calls a workflow's handler under its timeout and records how that ended.</summary>
/// <remarks>Before a call, the store says that an attempt has begun; after it, what became of it. A crash in between shows as a lease that runs out.</remarks>
internal sealed class EffectRunner(WorkQueue ledger, ProcessIdentity process, Shutdown shutdown, StoreTime storeTime, TimeProvider time, ILogger<EffectRunner> logger)
{
    /// <summary>What a lease allows beyond the handler's time, for the store's own.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    private readonly ResiliencePipeline _recording = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new() { MaxRetryAttempts = 3, Delay = TimeSpan.FromMilliseconds(100), BackoffType = DelayBackoffType.Exponential, UseJitter = true, ShouldHandle = new PredicateBuilder().Handle<StoreException>() })
        .Build();

    /// <summary>Who holds the lease of what is run here.</summary>
    public string Holder => process.Name;

    public static TimeSpan LeaseOf(WorkflowOptions options) => options.Acting.Timeout + Margin;

    /// <summary>The one attempt that routing makes itself, outside any retries. If it fails, the effect falls due for the dispatcher.</summary>
    public async Task RunOnceAsync(IActedWorkflow workflow, WorkItem item)
    {
        var stopping = shutdown.Stopping;
        if (LiveWork.Of(item) is not { } work)
        {
            return;
        }

        if (stopping.IsCancellationRequested)
        {
            await GiveBackAsync(workflow, item, stopping).ConfigureAwait(false);
            return;
        }

        TransitionResult? completed;
        try
        {
            completed = await AttemptAsync(workflow, work, item.Attempt, stopping).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await FailedAsync(workflow, item, failure, item.Attempt, mayRetry: item.Attempt <= workflow.Options.Acting.Retries || stopping.IsCancellationRequested, stopping).ConfigureAwait(false);
            return;
        }

        await DoneAsync(workflow, item, completed, stopping).ConfigureAwait(false);
    }

    /// <summary>As many attempts as the workflow's pipeline makes, the lease kept alive meanwhile.</summary>
    public async Task RunAsync(IActedWorkflow workflow, WorkItem item, CancellationToken stopping)
    {
        if (LiveWork.Of(item) is not { } work)
        {
            return;
        }

        if (stopping.IsCancellationRequested)
        {
            await GiveBackAsync(workflow, item, stopping).ConfigureAwait(false);
            return;
        }

        using var held = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var heartbeat = KeepLeaseAsync(workflow, item, held);
        var context = ResilienceContextPool.Shared.Get(held.Token);
        var attempts = item.Attempt - 1;
        Exception? failure = null;
        Exception? error = null;
        TransitionResult? completed = null;
        try
        {
            var pipeline = workflow.Options.Acting.Idempotent ? workflow.Pipeline : ResiliencePipeline.Empty;
            await pipeline.ExecuteAsync(
                async attempt =>
                {
                    attempt.Properties.Set(EffectRetries.Attempts, ++attempts);
                    try
                    {
                        completed = await AttemptAsync(workflow, work, attempts, attempt.CancellationToken).ConfigureAwait(false);
                    }
                    catch (Exception caught)
                    {
                        error = caught;
                        throw;
                    }
                },
                context).ConfigureAwait(false);
        }
        catch (Exception caught)
        {
            // Where the pipeline was cancelled in a pause, the handler's own last words say more.
            failure = caught is OperationCanceledException ? error ?? caught : caught;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            await held.CancelAsync().ConfigureAwait(false);
            await heartbeat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (failure is null)
        {
            await DoneAsync(workflow, item, completed, stopping).ConfigureAwait(false);
        }
        else
        {
            // At shutdown the work goes back at once, however often it was tried: an attempt that we broke off did not fail.
            await FailedAsync(workflow, item, failure, Math.Max(attempts, item.Attempt), mayRetry: stopping.IsCancellationRequested, stopping).ConfigureAwait(false);
        }
    }

    private async Task<TransitionResult?> AttemptAsync(IActedWorkflow workflow, LiveWork work, int attempt, CancellationToken stopping)
    {
        var timeout = workflow.Options.Acting.Timeout;
        var limit = new CancellationTokenSource(timeout, time);
        var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        var token = linked.Token;
        var call = CallAsync(workflow, work, attempt, linked, limit);
        try
        {
            // A handler that ignores its token must not hold up the caller who routed the decision: from here on the attempt's end is unknown.
            return await call.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"The handler took longer than Acting:Timeout ({timeout:c}).");
        }
    }

    private async Task<TransitionResult?> CallAsync(IActedWorkflow workflow, LiveWork work, int attempt, CancellationTokenSource linked, CancellationTokenSource limit)
    {
        try
        {
            return await workflow.AttemptAsync(work, attempt, process.Name, linked.Token).ConfigureAwait(false);
        }
        finally
        {
            linked.Dispose();
            limit.Dispose();
        }
    }

    /// <summary>Until the act ends or the lease is lost; then the handler must stop, and recording how it ended finds out.</summary>
    private async Task KeepLeaseAsync(IActedWorkflow workflow, WorkItem item, CancellationTokenSource held)
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
                    await held.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
            catch (Exception)
            {
                // The lease still runs; the next beat tries again.
            }
        }
    }

    private async Task DoneAsync(IActedWorkflow workflow, WorkItem item, TransitionResult? completed, CancellationToken stopping)
    {
        if (completed is not null)
        {
            ledger.Applied(item, completed);
            if (!completed.IsApplied)
            {
                logger.LeaseLost(workflow.Name, item.DecisionId);
            }

            return;
        }

        var key = IdempotencyKey.Of(item.Workflow, item.DecisionId, item.Effect);
        try
        {
            await RecordAsync(workflow, new CompleteEffect(item.Workflow, item.DecisionId, key) { Actor = process.Name }, item, stopping).ConfigureAwait(false);
        }
        catch (Exception unrecorded)
        {
            logger.SettleFailed(workflow.Name, item.DecisionId, (unrecorded.InnerException ?? unrecorded).GetType().Name);
        }
    }

    private async Task FailedAsync(IActedWorkflow workflow, WorkItem item, Exception failure, int attempts, bool mayRetry, CancellationToken stopping)
    {
        var error = failure.GetType().Name;
        try
        {
            if (!workflow.Options.Acting.Idempotent)
            {
                var question = new QuestionEffect(item.Workflow, item.DecisionId, failure.Message) { Actor = process.Name, Due = storeTime.Now + workflow.Options.Review.Deadline };
                if (await RecordAsync(workflow, question, item, stopping).ConfigureAwait(false))
                {
                    logger.EffectUncertain(workflow.Name, item.DecisionId);
                }

                return;
            }

            DateTimeOffset? retryAt = mayRetry ? storeTime.Now : null;
            var failed = new FailEffect(item.Workflow, item.DecisionId, error, failure.Message, attempts, retryAt) { Actor = process.Name };
            if (!await RecordAsync(workflow, failed, item, stopping).ConfigureAwait(false))
            {
                return;
            }

            if (mayRetry)
            {
                logger.EffectFailed(workflow.Name, item.Effect, item.DecisionId, error, attempts);
            }
            else
            {
                logger.DeadLettered(workflow.Name, item.Effect, item.DecisionId, error, attempts, workflow.Options.Owner);
            }
        }
        catch (Exception unrecorded)
        {
            logger.FailureUnrecorded(workflow.Name, item.DecisionId, error, (unrecorded.InnerException ?? unrecorded).GetType().Name);
        }
    }

    /// <summary>The host stopped before the handler was called: the effect is due again for the next process, idempotent or not.</summary>
    private async Task GiveBackAsync(IActedWorkflow workflow, WorkItem item, CancellationToken stopping)
    {
        try
        {
            await RecordAsync(workflow, new FailEffect(item.Workflow, item.DecisionId, "HostStopping", "The host stopped before the handler was called.", item.Attempt, storeTime.Now) { Actor = process.Name }, item, stopping).ConfigureAwait(false);
        }
        catch (Exception unrecorded)
        {
            logger.FailureUnrecorded(workflow.Name, item.DecisionId, "HostStopping", (unrecorded.InnerException ?? unrecorded).GetType().Name);
        }
    }

    /// <summary>Whether it was recorded; if not, the lease was lost meanwhile, and the process that has the work now records how it ends.</summary>
    private async Task<bool> RecordAsync(IActedWorkflow workflow, Transition transition, WorkItem item, CancellationToken stopping)
    {
        TransitionResult result;
        try
        {
            result = await _recording.ExecuteAsync(
                static (state, _) => state.ledger.ApplyAsync(state.transition, state.item.Revision, state.item),
                (ledger, transition, item),
                stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // No time for pauses any more: once, and what fails then is found again by its lease.
            result = await ledger.ApplyAsync(transition, item.Revision, item).ConfigureAwait(false);
        }

        if (!result.IsApplied)
        {
            logger.LeaseLost(workflow.Name, item.DecisionId);
        }

        return result.IsApplied;
    }
}
