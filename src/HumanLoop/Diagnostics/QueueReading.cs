namespace HumanLoop.Diagnostics;

/// <summary>What the gauges show of one workflow's queue.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="AwaitingVerdict">Decisions that await a verdict.</param>
/// <param name="OldestReady">Since when the oldest of them waits.</param>
/// <param name="DeadLetters">Dead letters.</param>
internal readonly record struct QueueReading(string Workflow, long AwaitingVerdict, DateTimeOffset? OldestReady, long DeadLetters);
