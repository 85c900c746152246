using System.Collections.Concurrent;

namespace HumanLoop.Tests.Journey;

/// <summary>A handler that notes each call, and then does what the test says.</summary>
internal sealed class RecordingHandler : IDecisionHandler<Refund>
{
    private readonly ConcurrentQueue<Resolution<Refund>> _calls = new();

    /// <summary>What a call does after it was noted; nothing by default.</summary>
    public Func<Resolution<Refund>, CancellationToken, Task> Does { get; set; } = (_, _) => Task.CompletedTask;

    public IReadOnlyList<Resolution<Refund>> Calls => [.. _calls];

    public IReadOnlyList<string> Keys => [.. _calls.Select(call => call.IdempotencyKey)];

    public Task ActAsync(Resolution<Refund> resolution, CancellationToken cancellationToken) => CallAsync(Effect.Act, resolution, cancellationToken);

    public Task DeclineAsync(Resolution<Refund> resolution, CancellationToken cancellationToken) => CallAsync(Effect.Decline, resolution, cancellationToken);

    public Task CompensateAsync(Resolution<Refund> resolution, CancellationToken cancellationToken) => CallAsync(Effect.Compensate, resolution, cancellationToken);

    public void Throws(Func<Resolution<Refund>, bool> when, string text = "the bank is closed") =>
        Does = (resolution, _) => when(resolution) ? Task.FromException(new InvalidOperationException(text)) : Task.CompletedTask;

    private Task CallAsync(Effect method, Resolution<Refund> resolution, CancellationToken cancellationToken)
    {
        Assert.Equal(method, resolution.Effect);
        _calls.Enqueue(resolution);
        return Does(resolution, cancellationToken);
    }
}
