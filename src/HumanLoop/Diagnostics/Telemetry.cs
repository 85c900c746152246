using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HumanLoop.Diagnostics;

/// <summary>The library's instruments. Costs next to nothing without a listener.</summary>
internal sealed class Telemetry : IDisposable
{
    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly Counter<long> _decisions;
    private readonly Histogram<double> _confidence;
    private readonly Counter<long> _reviews;
    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _handling;
    private readonly Counter<long> _thresholdChanges;
    private readonly TimeProvider _time;
    private volatile IReadOnlyList<QueueReading> _measures = [];
    private volatile IReadOnlyList<(string Workflow, string? Segment, Threshold Threshold)> _thresholds = [];
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, CheckCount> _checks = new(StringComparer.Ordinal);

    public Telemetry(TimeProvider time, IMeterFactory? factory)
    {
        _time = time;
        var version = typeof(Telemetry).Assembly.GetName().Version?.ToString(3);
        _ownsMeter = factory is null;
        _meter = factory?.Create(new MeterOptions(HumanLoopDiagnostics.MeterName) { Version = version }) ?? new Meter(HumanLoopDiagnostics.MeterName, version);
        Source = new(HumanLoopDiagnostics.ActivitySourceName, version);
        _decisions = _meter.CreateCounter<long>(HumanLoopDiagnostics.Decisions, "{decision}", "Decisions routed.");
        _confidence = _meter.CreateHistogram(HumanLoopDiagnostics.DecisionConfidence, "1", "The confidence of decisions that had a usable one.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [.5, .6, .7, .8, .85, .9, .95, .98, .99] });
        _reviews = _meter.CreateCounter<long>(HumanLoopDiagnostics.Reviews, "{review}", "Verdicts given.");
        _wait = _meter.CreateHistogram(HumanLoopDiagnostics.ReviewWaitDuration, "s", "From the routing of a decision to its verdict.", null, Seconds);
        _handling = _meter.CreateHistogram(HumanLoopDiagnostics.ReviewHandlingDuration, "s", "From the claim of a review to its verdict.", null, Seconds);
        _thresholdChanges = _meter.CreateCounter<long>(HumanLoopDiagnostics.ThresholdChanges, "{change}", "Changes of the threshold in force.");
        _meter.CreateObservableGauge(HumanLoopDiagnostics.ReviewPending, () => Measured(m => m.AwaitingVerdict), "{review}", "Decisions that await a verdict.");
        _meter.CreateObservableGauge(HumanLoopDiagnostics.ReviewOldestAge, () => Measured(Age), "s", "The age of the oldest decision that awaits a verdict.");
        _meter.CreateObservableGauge(HumanLoopDiagnostics.DeadLetters, () => Measured(m => m.DeadLetters), "{decision}", "Dead letters.");
        _meter.CreateObservableGauge(HumanLoopDiagnostics.ThresholdGauge, ThresholdsInForce, "1", "The threshold in force; 2 while everything is reviewed.");
        _meter.CreateObservableGauge(HumanLoopDiagnostics.ErrorEstimate, ErrorEstimates, "1", "The share of checks by this process's reviewers that found a straight-through act wrong.");
    }

    private static InstrumentAdvice<double> Seconds => new() { HistogramBucketBoundaries = [1, 5, 15, 30, 60, 300, 900, 3600, 14400, 86400] };

    public ActivitySource Source { get; }

    public void Dispose()
    {
        Source.Dispose();
        if (_ownsMeter)
        {
            _meter.Dispose();
        }
    }

    /// <summary>Counts a decision. Called once for each, on the routing path.</summary>
    public void Routed(string workflow, string? segment, DecisionRoute route, Confidence confidence)
    {
        if (_decisions.Enabled)
        {
            // A span on the stack: this runs for every decision.
            KeyValuePair<string, object?> named = new(HumanLoopDiagnostics.WorkflowTag, workflow), kind = new(HumanLoopDiagnostics.RouteTag, route.Kind.Name()), reason = new(HumanLoopDiagnostics.ReasonTag, route.Reason);
            if (segment is null)
            {
                _decisions.Add(1, named, kind, reason);
            }
            else
            {
                _decisions.Add(1, [named, kind, reason, new(HumanLoopDiagnostics.SegmentTag, segment)]);
            }
        }

        if (_confidence.Enabled && confidence.IsUsable)
        {
            _confidence.Record(confidence.Value, Tags(workflow, segment));
        }
    }

    /// <summary>Counts a verdict.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="segment">The decision's segment.</param>
    /// <param name="verdict">The name of what was found.</param>
    /// <param name="wait">From the routing to the verdict.</param>
    /// <param name="handling">From the claim to the verdict; null where nothing was claimed.</param>
    /// <param name="checkedRight">Whether a check found the act right; null where nothing had acted.</param>
    public void Decided(string workflow, string? segment, string verdict, TimeSpan wait, TimeSpan? handling, bool? checkedRight)
    {
        var tags = Tags(workflow, segment);
        tags.Add(HumanLoopDiagnostics.VerdictTag, verdict);
        _reviews.Add(1, tags);
        _wait.Record(wait.TotalSeconds, tags);
        if (handling is { } took)
        {
            _handling.Record(took.TotalSeconds, tags);
        }

        if (checkedRight is { } right)
        {
            _checks.GetOrAdd(workflow, _ => new()).Add(right);
        }
    }

    public void Abstained(string workflow, string? segment)
    {
        var tags = Tags(workflow, segment);
        tags.Add(HumanLoopDiagnostics.VerdictTag, "abstained");
        _reviews.Add(1, tags);
    }

    public void Measured(IReadOnlyList<QueueReading> measures) => _measures = measures;

    /// <summary>Tells the thresholds in force.</summary>
    public void InForce(IReadOnlyList<(string Workflow, string? Segment, Threshold Threshold)> thresholds) => _thresholds = thresholds;

    /// <summary>Counts a change of a threshold; a proposal is none.</summary>
    public void ThresholdMoved(string workflow, string? segment, ThresholdChange change)
    {
        if (!change.IsProposal)
        {
            var tags = Tags(workflow, segment);
            tags.Add(HumanLoopDiagnostics.ReasonTag, change.Reason);
            _thresholdChanges.Add(1, tags);
        }
    }

    /// <summary>A span of reviewing, linked to the span that routed the decision hours ago: a link, for it is no part of that call.</summary>
    public Activity? StartReview(string workflow, string? traceParent)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var links = ActivityContext.TryParse(traceParent, null, isRemote: true, out var routed) ? new[] { new ActivityLink(routed) } : null;
        return Source.StartActivity("humanloop.review", ActivityKind.Internal, default(ActivityContext), links: links)?.SetTag(HumanLoopDiagnostics.WorkflowTag, workflow);
    }

    private static TagList Tags(string workflow, string? segment)
    {
        var tags = new TagList { { HumanLoopDiagnostics.WorkflowTag, workflow } };
        if (segment is not null)
        {
            tags.Add(HumanLoopDiagnostics.SegmentTag, segment);
        }

        return tags;
    }

    private IEnumerable<Measurement<double>> Measured(Func<QueueReading, double> value) =>
        _measures.Select(measure => new Measurement<double>(value(measure), Tags(measure.Workflow, null)));

    private double Age(QueueReading measure) => measure.OldestReady is { } since ? Math.Max(0, (_time.GetUtcNow() - since).TotalSeconds) : 0;

    private IEnumerable<Measurement<double>> ThresholdsInForce() =>
        // Of several models the strictest: one number for one series.
        _thresholds.GroupBy(one => (one.Workflow, one.Segment)).Select(same => (same.Key, Threshold: same.Max(one => one.Threshold)))
            .Select(one => new Measurement<double>(one.Threshold.IsReviewEverything ? 2 : one.Threshold.Value, Tags(one.Key.Workflow, one.Key.Segment)));

    private IEnumerable<Measurement<double>> ErrorEstimates() =>
        _checks.Select(one => new Measurement<double>(one.Value.WrongShare, Tags(one.Key, null)));

    private sealed class CheckCount
    {
        private long _checked;
        private long _wrong;

        public double WrongShare => Interlocked.Read(ref _checked) is > 0 and var n ? (double)Interlocked.Read(ref _wrong) / n : 0;

        public void Add(bool right)
        {
            Interlocked.Increment(ref _checked);
            if (!right)
            {
                Interlocked.Increment(ref _wrong);
            }
        }
    }
}
