using Polly;
using Polly.Retry;

namespace HumanLoop.Acting;

/// <summary>A workflow's Polly pipeline: its own if it configured one, else exponential pauses with jitter from 1 second to 1 minute.</summary>
internal sealed class EffectRetries(TimeProvider time, Action<ResiliencePipelineBuilder>? configure, Func<int> retries)
{
    /// <summary>How many attempts have begun at an effect, over all processes; the default pipeline stops at the configured number.</summary>
    public static readonly ResiliencePropertyKey<int> Attempts = new("HumanLoop.Attempts");

    private volatile ResiliencePipeline? _pipeline;

    public ResiliencePipeline Pipeline => _pipeline ??= Build();

    private ResiliencePipeline Build()
    {
        var builder = new ResiliencePipelineBuilder { Name = "HumanLoop.Acting", TimeProvider = time };
        if (configure is not null)
        {
            configure(builder);
            return builder.Build();
        }

        return builder.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = arguments => ValueTask.FromResult(
                arguments.Outcome.Exception is not null
                && !arguments.Context.CancellationToken.IsCancellationRequested
                && arguments.Context.Properties.GetValue(Attempts, 1) <= retries()),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = TimeSpan.FromMinutes(1),
        }).Build();
    }
}
