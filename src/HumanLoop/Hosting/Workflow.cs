using System.Text.Json;
using HumanLoop.Acting;
using HumanLoop.Adapting;
using HumanLoop.Journaling;
using HumanLoop.Notifying;
using HumanLoop.Queueing;
using HumanLoop.Reporting;
using HumanLoop.Reviewing;
using HumanLoop.Routing;
using Polly;

namespace HumanLoop.Hosting;

/// <summary>A workflow as the untyped waist sees it: its settings, its routing conditions, and its typed ends behind JSON.</summary>
internal abstract class Workflow : IActedWorkflow, IReviewedWorkflow, INotifiedWorkflow, IReportedWorkflow, IDisposable
{
    private readonly Lock _gate = new();
    private volatile RoutingConditions? _conditions;
    private AuditDraw? _draw;
    private bool _pausedInStore;
    private bool _stoppedLocally;
    private bool _isBehind;
    private ThresholdsDocument? _published;
    private long _thresholdsVersion;

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

    /// <summary>How blind checks are hidden among blind reviews.</summary>
    public BlindBalance Blind { get; } = new();

    /// <summary>Whether the oldest review waits longer than <c>Review:MaxAge</c>, as last measured.</summary>
    public bool IsBehind
    {
        get => Volatile.Read(ref _isBehind);
        set => Volatile.Write(ref _isBehind, value);
    }

    public bool IsPaused => _stoppedLocally || _pausedInStore;

    /// <summary>What of the settings the thresholds depend on.</summary>
    public ThresholdSettings ThresholdSettings => Settings.Threshold(OwnController);

    /// <summary>The version of the thresholds that are in force here; 0 before any was published.</summary>
    public long ThresholdsVersion => Interlocked.Read(ref _thresholdsVersion);

    /// <summary>The application's own threshold controller, if it has one.</summary>
    public abstract IThresholdController? OwnController { get; }

    /// <summary>Whether the library calls a handler; else the caller acts on receipts and verdicts.</summary>
    public abstract bool HasHandler { get; }

    /// <summary>The proposal's type, for telling two workflows of one type apart.</summary>
    public abstract Type ProposalType { get; }

    /// <summary>What retries failed attempts.</summary>
    public abstract ResiliencePipeline Pipeline { get; }

    /// <summary>The JSON schema of the proposal, from which a form for it can be made.</summary>
    public abstract JsonElement Schema { get; }

    /// <summary>Reads a reviewer's correction as the workflow's type and says whether it makes the AI's proposal an error.</summary>
    public abstract CorrectionCheck Check(JsonElement correction, ReadOnlyMemory<byte> proposal);

    /// <summary>One attempt at the effect that is due.</summary>
    /// <param name="work">The work.</param>
    /// <param name="attempt">Its number.</param>
    /// <param name="holder">Who holds the lease.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What became of the completion where the handler recorded it itself; else <see langword="null"/>.</returns>
    public abstract Task<TransitionResult?> AttemptAsync(LiveWork work, int attempt, string holder, CancellationToken cancellationToken);

    public void UseKey(ReadOnlySpan<byte> key)
    {
        lock (_gate)
        {
            _draw = new AuditDraw(key, Name);
        }

        Rebuild();
    }

    /// <summary>Makes the controller that settings name.</summary>
    public IThresholdController ControllerOf(ThresholdSettings settings) => ThresholdControllers.Create(settings, OwnController);

    /// <summary>Judges by these from now on, unless newer ones are in force.</summary>
    public void UseThresholds(ThresholdsDocument thresholds, long version)
    {
        lock (_gate)
        {
            if (version <= _thresholdsVersion)
            {
                return;
            }

            (_published, _thresholdsVersion) = (thresholds, version);
        }

        Rebuild();
    }

    public bool PauseInStore(bool paused) => Set(ref _pausedInStore, paused);

    public bool StopLocally(bool stopped) => Set(ref _stoppedLocally, stopped);

    /// <summary>The person who is told at a level of escalation: the named ones in turn, then the owner.</summary>
    public IReadOnlyList<string> Escalation => [.. Options.Review.EscalateTo, Options.Owner];

    /// <summary>How many decisions may await a verdict before new work is refused; null for no limit. 0 while people are behind: a store then refuses all but the
    /// ids that it knows.</summary>
    public int? MaxPending => Options.Review.WhenFull == WhenFull.TellOwner ? null : IsBehind ? 0 : Options.Review.MaxPending;

    /// <summary>What applications are told of it.</summary>
    public WorkflowInfo Describe()
    {
        var options = Options;
        return new()
        {
            Name = Name,
            Owner = options.Owner,
            IsPaused = IsPaused,
            Goal = ThresholdSettings.Goal,
            Schema = Schema,
            Guidelines = options.Review.Guidelines,
            Reasons = [.. options.Review.Reasons.Concat(options.Review.ReasonsProposalWasRight).Distinct()],
            Roles = [.. options.Review.Roles],
            Lease = options.Review.Lease,
            UndoWindow = options.Review.UndoWindow,
        };
    }

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
            _conditions = new(InForce(options), IsPaused, options.Mode == WorkflowMode.Shadow, options.Scope.Segments, _draw);
        }
    }

    /// <summary>What the evidence writer published, if it is about the policy that is configured; a fixed threshold, a start and a bound are in force at
    /// once.</summary>
    private ThresholdsInForce InForce(WorkflowOptions options)
    {
        var threshold = options.Threshold;
        var settings = ThresholdSettings;
        if (_published is { } published && published.Policy == settings.Policy && published.Value == settings.Value)
        {
            return new(published, threshold.NeverBelow);
        }

        return settings.Policy switch
        {
            ThresholdControllers.Fixed when settings.Value is { } value => new(new RoutingThreshold(new(value), ReviewProbability.AtLeast(threshold.AuditBudget), epoch: 1).NotBelow(threshold.NeverBelow)),
            _ when _published is null && threshold.Start is { } start => new(new RoutingThreshold(new(start), ReviewProbability.Always, epoch: 1, threshold.Per == ThresholdPer.Segment, RouteReasons.DeclaredByOwner).NotBelow(threshold.NeverBelow)),
            _ => new(new RoutingThreshold(Threshold.ReviewEverything, ReviewProbability.Always, epoch: 1, threshold.Per == ThresholdPer.Segment)),
        };
    }
}
