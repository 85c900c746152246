using HumanLoop.Adapting;
using HumanLoop.Observing;
using HumanLoop.Reviewing;

namespace HumanLoop.Reporting;

/// <summary>What one workflow's journal adds up to: a fold of bounded size, so that no page ever reads the journal from its beginning.</summary>
/// <remarks>Reading the journal again, in pages of any size and with any number of restarts, gives the same. Pure: whoever drives it reads and saves. Not safe for concurrent use.</remarks>
internal sealed partial class Tally(string workflow)
{
    public const int DaysKept = 400;
    public const int MostSegments = 64;
    public const int MostReviewers = 200;
    public const int MostReasons = 64;
    public const int MostModels = 8;
    public const int MostReadings = 400;
    public const int MostChanges = 200;

    /// <summary>What comes after the bound is counted together under this name.</summary>
    public const string Others = "(others)";

    /// <summary>A review takes no longer: whoever went to lunch over it did not work on it.</summary>
    private const double LongestHandling = 3_600;

    private const int MostOpen = 100_000;

    private readonly Dictionary<DecisionId, DecisionTrace> _open = [];
    private readonly Dictionary<int, TallyCounts> _days = [];
    private readonly Dictionary<int, TallyCounts> _months = [];
    private readonly Dictionary<string, TallyCounts> _segments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReviewerTally> _reviewers = new(StringComparer.Ordinal);
    private readonly List<ConfidenceTally> _models = [];
    private readonly List<MetricReading> _metric = [];
    private readonly List<MetricReading> _guard = [];
    private readonly List<ScorecardChange> _changes = [];
    private int _newestDay;

    public string Workflow => workflow;

    /// <summary>Everything up to here is counted.</summary>
    public long Position { get; private set; }

    /// <summary>Whether anything counted is not stored yet.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>The version of its document in the store; 0 before the first save.</summary>
    public long StoredVersion { get; private set; }

    /// <summary>When the first decision was routed.</summary>
    public DateTimeOffset? FirstAt { get; private set; }

    /// <summary>When the last record was written that was counted.</summary>
    public DateTimeOffset? LastAt { get; private set; }

    public TallyCounts Total { get; private set; } = new();

    /// <summary>By day number, not in order; see <see cref="Months"/> for what is older than <see cref="DaysKept"/> days.</summary>
    public IReadOnlyDictionary<int, TallyCounts> Days => _days;

    public IReadOnlyDictionary<int, TallyCounts> Months => _months;

    /// <summary>By segment; the empty name is that of decisions without one.</summary>
    public IReadOnlyDictionary<string, TallyCounts> Segments => _segments;

    public IReadOnlyDictionary<string, long> Reasons => _reasons;

    public IReadOnlyDictionary<string, ReviewerTally> Reviewers => _reviewers;

    public IReadOnlyList<ConfidenceTally> Models => _models;

    public DurationHistogram Handling { get; private set; } = new();

    public DurationHistogram Waiting { get; private set; } = new();

    public IReadOnlyList<MetricReading> Metric => _metric;

    public IReadOnlyList<MetricReading> Guard => _guard;

    /// <summary>The last changes, oldest first.</summary>
    public IReadOnlyList<ScorecardChange> Changes => _changes;

    /// <summary>Whether the decision's own journal has to be handed to <see cref="Recall"/> before this entry is counted.</summary>
    public bool Misses(JournalEntry entry) => (OutcomeTrail.Concerns(entry) || entry is EffectUncertain or VoteGiven) && !_open.ContainsKey(entry.DecisionId);

    /// <summary>Makes the trace of a decision again from its own journal, before the record that comes next.</summary>
    public void Recall(DecisionId id, IEnumerable<JournalRecord> story, long before)
    {
        if (before > Position && DecisionTrace.Of(story, before) is { } trace)
        {
            _open[id] = trace;
        }
    }

    /// <summary>Counts the next record.</summary>
    public void Apply(JournalRecord record)
    {
        var (position, entry) = record;
        if (position <= Position)
        {
            return;
        }

        Position = position;
        IsDirty = true;
        LastAt = entry.At;
        if (entry is DecisionRouted routed)
        {
            Route(position, routed);
            return;
        }

        if (entry.DecisionId == default)
        {
            Note(entry);
            return;
        }

        Happen(entry);
        if (_open.TryGetValue(entry.DecisionId, out var trace))
        {
            Follow(trace, entry);
            if (trace.IsDone)
            {
                _open.Remove(entry.DecisionId);
            }
        }
    }

    /// <summary>Says that nothing up to a position concerns this workflow.</summary>
    public void Pass(long position) => Position = Math.Max(Position, position);

    private void Route(long position, DecisionRouted routed)
    {
        if (routed.Golden is not null)
        {
            // It tells of the reviewers, not of the AI.
            if (_open.Count < MostOpen)
            {
                _open[routed.DecisionId] = new(position, routed);
            }

            return;
        }

        FirstAt ??= routed.At;
        var buckets = BucketsOf(DecisionTrace.DayOf(routed.At), routed.Segment);
        buckets.Add(TallyColumn.Decisions);
        if (routed.Route.ActsAtOnce)
        {
            buckets.Add(TallyColumn.StraightThrough);
        }

        if (!routed.Eligible)
        {
            buckets.Add(TallyColumn.Ineligible);
        }

        if (routed.Shadow)
        {
            buckets.Add(TallyColumn.Shadow);
        }

        var reason = _reasons.ContainsKey(routed.Route.Reason) || _reasons.Count < MostReasons ? routed.Route.Reason : Others;
        _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        if (routed is { Eligible: true, Confidence.IsUsable: true })
        {
            ModelOf(position, routed.Model).See(position, routed.Confidence.Value);
        }

        if (routed.IsDrawn)
        {
            buckets.Add(TallyColumn.Open);
            if (routed.Route.Kind == RouteKind.Audit)
            {
                buckets.Add(TallyColumn.Audits);
            }

            if (_open.Count < MostOpen)
            {
                _open[routed.DecisionId] = new(position, routed);
            }
        }
    }

    /// <summary>What is counted of an entry whatever came before it.</summary>
    private void Happen(JournalEntry entry)
    {
        TallyColumn? column = entry switch
        {
            ReviewOverdue => TallyColumn.Overdue,
            ReviewEscalated => TallyColumn.Escalated,
            ReviewerAbstained => TallyColumn.Abstained,
            EffectFailed { RetryAt: null } => TallyColumn.DeadLetters,
            OutcomeRecorded { IsEvidence: false } outcome => outcome.WasRight ? TallyColumn.ReportedRight : TallyColumn.ReportedWrong,
            _ => null,
        };
        if (column is { } counted)
        {
            BucketsOf(DecisionTrace.DayOf(entry.At)).Add(counted);
        }

        if (entry is ReviewerAbstained { Actor: { } reviewer })
        {
            ReviewerOf(reviewer).Abstained++;
        }
    }

    /// <summary>What is counted of an entry because of what came before it.</summary>
    private void Follow(DecisionTrace trace, JournalEntry entry)
    {
        if (trace.Golden is { } golden)
        {
            Measure(trace, golden, entry);
            trace.Apply(entry);
            return;
        }

        var (outcome, isOpen) = (trace.Outcome, trace.IsOpen);
        if (entry is VoteGiven vote)
        {
            var voter = ReviewerOf(vote.Verdict.Reviewer);
            voter.Answers++;
            voter.Agreed += vote.Verdict.WasRight ? 1 : 0;
            voter.LastAnswerAt = vote.At;
        }
        else if (entry is VerdictGiven given)
        {
            Judge(trace, given.Verdict, given.At);
        }
        else if (entry is VerdictUndone && trace.Verdict is { } undone)
        {
            Count(undone.Facts, undone.Day, trace.Segment, -1);
        }

        trace.Apply(entry);
        if (trace.IsOpen != isOpen)
        {
            BucketsOf(trace.Day, trace.Segment).Add(TallyColumn.Open, trace.IsOpen ? 1 : -1);
        }

        if (trace.Outcome != outcome)
        {
            Count(trace, outcome, -1);
            Count(trace, trace.Outcome, 1);
        }
    }

    /// <summary>What an answer to an item whose right answer is known says of the reviewer.</summary>
    private void Measure(DecisionTrace trace, GoldenAnswer golden, JournalEntry entry)
    {
        var (answer, times) = entry switch
        {
            VoteGiven vote => (vote.Verdict, 1),
            VerdictGiven verdict => (verdict.Verdict, 1),
            VerdictUndone => (trace.Verdict?.Facts, -1),
            _ => (null, 0),
        };
        if (answer is not null)
        {
            ReviewerOf(answer.Reviewer).Answered(golden.WasRight, answer.WasRight, times);
        }
    }

    private void Judge(DecisionTrace trace, VerdictFacts verdict, DateTimeOffset at)
    {
        var day = DecisionTrace.DayOf(at);
        Count(verdict, day, trace.Segment, 1);
        var buckets = BucketsOf(day, trace.Segment);
        var waited = Math.Max(0, ((trace.FirstClaimAt ?? at) - trace.ReadyAt).TotalSeconds);
        buckets.Add(TallyColumn.WaitingSeconds, (long)waited);
        buckets.Add(TallyColumn.Waited);
        Waiting.Add(waited);

        var reviewer = ReviewerOf(verdict.Reviewer);
        if (trace.HeldSince is { } held && trace.IsHeldBy(verdict.Reviewer))
        {
            // Whoever claims several at once, or has the next one fetched ahead, begins it when the one before is answered.
            var began = held > reviewer.LastAnswerAt ? held : reviewer.LastAnswerAt;
            var took = Math.Clamp((at - began).TotalSeconds, 0, LongestHandling);
            buckets.Add(TallyColumn.HandlingSeconds, (long)Math.Round(took));
            buckets.Add(TallyColumn.Handled);
            Handling.Add(took);
            reviewer.Took(took);
        }

        reviewer.LastAnswerAt = at;
    }

    private void Count(VerdictFacts verdict, int day, string? segment, int times)
    {
        BucketsOf(day, segment).Add(verdict.Kind switch
        {
            VerdictKind.Approved => TallyColumn.Approved,
            VerdictKind.Corrected => TallyColumn.Corrected,
            _ => TallyColumn.Rejected,
        }, times);
        var reviewer = ReviewerOf(verdict.Reviewer);
        reviewer.Answers += times;
        reviewer.Agreed += verdict.WasRight ? times : 0;
    }

    private void Count(DecisionTrace trace, OutcomeCause outcome, int times)
    {
        if (outcome == OutcomeCause.None)
        {
            return;
        }

        var buckets = BucketsOf(trace.Day, trace.Segment);
        var isCheck = trace.Kind == RouteKind.Audit;
        buckets.Add((isCheck ? TallyColumn.CheckedRight : TallyColumn.ReviewedRight) + ((int)outcome - (int)OutcomeCause.Right), times);
        if (isCheck)
        {
            buckets.Add(outcome == OutcomeCause.Right ? TallyColumn.WeightRight : TallyColumn.WeightWrong, times * InverseProbability.Of(trace.Probability));
            buckets.Add(TallyColumn.WeightSquares, times * InverseProbability.SquareOf(trace.Probability));
        }

        if (outcome is OutcomeCause.Right or OutcomeCause.Wrong && trace.Confidence.IsUsable && _models.Find(one => one.Model == trace.Model) is { } model && model.Since <= trace.Position)
        {
            model.Count(trace.Confidence.Value, trace.Probability, outcome == OutcomeCause.Right, times);
        }
    }

    /// <summary>What happened to the workflow as a whole.</summary>
    private void Note(JournalEntry entry)
    {
        switch (entry)
        {
            case MetricRecorded recorded:
                Keep(recorded.IsGuard ? _guard : _metric, new(recorded.Name, recorded.ObservedAt, recorded.Value), MostReadings);
                break;
            case ThresholdChanged changed:
                Keep(_changes, Line(changed), MostChanges);
                break;
            case WorkflowPaused paused:
                Keep(_changes, new() { At = entry.At, Reason = "paused", Actor = entry.Actor, Note = paused.Reason }, MostChanges);
                break;
            case WorkflowResumed:
                Keep(_changes, new() { At = entry.At, Reason = "resumed", Actor = entry.Actor }, MostChanges);
                break;
            case ThresholdSettingsChanged:
                Keep(_changes, new() { At = entry.At, Reason = "settings_changed" }, MostChanges);
                break;
        }
    }

    private static ScorecardChange Line(ThresholdChanged changed) => new()
    {
        At = changed.At,
        Reason = changed.Change.Reason,
        ChangeId = changed.ChangeId,
        Segment = changed.Segment,
        Model = changed.Model,
        From = changed.Change.From.IsReviewEverything ? null : changed.Change.From.Value,
        To = changed.Change.To.IsReviewEverything ? null : changed.Change.To.Value,
        Outcomes = changed.Change.Evidence.Outcomes,
        Errors = changed.Change.Evidence.Errors,
        IsProposal = changed.Change.IsProposal,
        GuaranteeVoid = changed.Change.GuaranteeVoid,
        Actor = changed.Change.Actor ?? changed.Actor,
    };

    private static void Keep<T>(List<T> list, T item, int most)
    {
        list.Add(item);
        if (list.Count > most)
        {
            list.RemoveAt(0);
        }
    }

    private ReviewerTally ReviewerOf(string name)
    {
        var key = _reviewers.ContainsKey(name) || _reviewers.Count < MostReviewers ? name : Others;
        return _reviewers.TryGetValue(key, out var known) ? known : _reviewers[key] = new();
    }

    private ConfidenceTally ModelOf(long position, string? model)
    {
        if (_models.Find(one => one.Model == model) is { } known)
        {
            return known;
        }

        if (_models.Count == MostModels)
        {
            _models.Remove(_models.MinBy(one => one.LastSeen)!);
        }

        var added = new ConfidenceTally(model, position);
        _models.Add(added);
        return added;
    }

    private Buckets BucketsOf(int day, string? segment)
    {
        var name = segment ?? "";
        if (!_segments.TryGetValue(name, out var counts))
        {
            name = _segments.Count < MostSegments ? name : Others;
            counts = _segments.TryGetValue(name, out var others) ? others : _segments[name] = new();
        }

        return BucketsOf(day) with { Segment = counts };
    }

    private Buckets BucketsOf(int day)
    {
        if (day > _newestDay)
        {
            _newestDay = day;
            foreach (var old in _days.Keys.Where(IsOld).ToList())
            {
                MonthOf(old).Add(_days[old]);
                _days.Remove(old);
            }
        }

        if (IsOld(day))
        {
            return new(Total, MonthOf(day), null);
        }

        return new(Total, _days.TryGetValue(day, out var counts) ? counts : _days[day] = new(), null);
    }

    private bool IsOld(int day) => day <= _newestDay - DaysKept;

    private TallyCounts MonthOf(int day)
    {
        var date = DateOnly.FromDayNumber(day);
        var month = (date.Year * 12) + date.Month - 1;
        return _months.TryGetValue(month, out var counts) ? counts : _months[month] = new();
    }

    /// <summary>Where one number is counted.</summary>
    private readonly record struct Buckets(TallyCounts Total, TallyCounts Period, TallyCounts? Segment)
    {
        public void Add(TallyColumn column, long number = 1)
        {
            Total.Add(column, number);
            Period.Add(column, number);
            Segment?.Add(column, number);
        }
    }
}
