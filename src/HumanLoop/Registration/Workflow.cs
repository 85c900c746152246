using System.Text.Json;
using HumanLoop.Acting;
using HumanLoop.Reviewing;
using HumanLoop.Routing;
using Polly;

namespace HumanLoop.Registration;

/// <summary>A workflow as the untyped waist sees it: its settings, its routing conditions, and its typed ends behind JSON.</summary>
internal abstract class Workflow : IDisposable
{
    private readonly Lock _gate = new();
    private volatile RoutingConditions? _conditions;
    private AuditDraw? _draw;
    private bool _pausedInStore;
    private bool _stoppedLocally;

    protected Workflow(string name, WorkflowSettings settings)
    {
        Name = name;
        Settings = settings;
        settings.Changed += Rebuild;
    }

    public string Name { get; }

    public WorkflowSettings Settings { get; }

    public WorkflowOptions Options => Settings.Current;

    /// <summary>What decisions are judged by now.</summary>
    public RoutingConditions Conditions => _conditions ?? throw new InvalidOperationException($"Workflow '{Name}' has not started.");

    public bool IsPaused => _stoppedLocally || _pausedInStore;

    /// <summary>Whether the library calls a handler; else the caller acts on receipts and verdicts.</summary>
    public abstract bool HasHandler { get; }

    /// <summary>The proposal's type, for telling two workflows of one type apart.</summary>
    public abstract Type ProposalType { get; }

    /// <summary>What retries failed attempts.</summary>
    public abstract ResiliencePipeline Pipeline { get; }

    /// <summary>Reads a reviewer's correction as the workflow's type and says whether it makes the AI's proposal an error.</summary>
    public abstract CorrectionCheck Check(JsonElement correction, ReadOnlyMemory<byte> proposal);

    /// <summary>One attempt at the effect that is due.</summary>
    public abstract Task AttemptAsync(LiveWork work, int attempt, CancellationToken cancellationToken);

    public void UseKey(ReadOnlySpan<byte> key)
    {
        lock (_gate)
        {
            _draw = new AuditDraw(key, Name);
        }

        Rebuild();
    }

    public bool PauseInStore(bool paused) => Set(ref _pausedInStore, paused);

    public bool StopLocally(bool stopped) => Set(ref _stoppedLocally, stopped);

    /// <summary>The person who is told at a level of escalation: the named ones in turn, then the owner.</summary>
    public IReadOnlyList<string> Escalation => [.. Options.Review.EscalateTo, Options.Owner];

    public SweepPolicy SweepPolicy()
    {
        var options = Options;
        return new()
        {
            Workflow = Name,
            WhenOverdue = options.Review.WhenOverdue,
            Escalation = Escalation,
            Deadline = options.Review.Deadline,
            IsIdempotent = options.Acting.Idempotent,
            MaxAttempts = options.Acting.Retries + 1,
            PayloadRetention = options.PayloadRetention,
            IdempotencyWindow = options.IdempotencyWindow,
        };
    }

    public virtual void Dispose()
    {
        Settings.Changed -= Rebuild;
        Settings.Dispose();
    }

    private bool Set(ref bool flag, bool value)
    {
        lock (_gate)
        {
            if (flag == value)
            {
                return false;
            }

            flag = value;
        }

        Rebuild();
        return true;
    }

    private void Rebuild()
    {
        lock (_gate)
        {
            if (_draw is null)
            {
                return;
            }

            var options = Options;
            _conditions = new(
                ThresholdInForce(options.Threshold),
                ReviewProbability.AtLeast(options.Threshold.AuditBudget),
                IsPaused,
                options.Mode == WorkflowMode.Shadow,
                options.Scope.Segments,
                _draw);
        }
    }

    private static Threshold ThresholdInForce(ThresholdOptions options) =>
        options is { Policy: ThresholdPolicy.Fixed, Value: { } value } ? new(Math.Max(value, options.NeverBelow)) : Threshold.ReviewEverything;
}
