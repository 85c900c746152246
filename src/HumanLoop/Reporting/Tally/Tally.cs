using HumanLoop.Adapting;
using HumanLoop.Journaling;

namespace HumanLoop.Reporting;

/// <summary>What one workflow's journal adds up to: a fold of bounded size, so that no page ever reads the journal from its beginning.</summary>
/// <remarks>Reading the journal again, in pages of any size and with any number of restarts, gives the same. Pure: its caller reads and saves. Not safe for
/// concurrent use.</remarks>
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

    /// <summary>A review takes no longer: a longer pause was not work on it.</summary>
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
    public bool Misses(JournalEntry entry) => (OutcomeFold.Concerns(entry) || entry is EffectUncertain or VoteGiven) && !_open.ContainsKey(entry.DecisionId);

    /// <summary>Makes the trace of a decision again from its own journal, before the record that comes next.</summary>
    public void Recall(DecisionId id, IEnumerable<JournalRecord> stream, long before)
    {
        if (before > Position && DecisionTrace.Of(stream, before) is { } trace)
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

        var known = _reasons.TryGetValue(routed.Route.Reason, out var given);
        var reason = known || _reasons.Count < MostReasons ? routed.Route.Reason : Others;
        _reasons[reason] = (known ? given : _reasons.GetValueOrDefault(reason)) + 1;
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
}
