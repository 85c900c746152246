using HumanLoop.Adapting;
using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Reporting;

namespace HumanLoop.Tests.Reporting;

/// <summary>Writes the journal of one workflow by hand, and reads it as a store does.</summary>
internal sealed class JournalScript
{
    public const string Workflow = "refund";

    private readonly List<JournalRecord> _records = [];

    public IReadOnlyList<JournalRecord> Records => _records;

    public DateTimeOffset Now { get; set; } = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public JournalScript After(double seconds)
    {
        Now = Now.AddSeconds(seconds);
        return this;
    }

    public JournalScript Route(string id, double? confidence = 0.8, RouteKind kind = RouteKind.Review, int rung = 0, string? segment = null, string? model = null, bool eligible = true, string reason = "below_threshold")
    {
        return Add(id, new DecisionRouted
        {
            Route = DecisionRoute.Of(kind, reason),
            Confidence = confidence is { } known ? known : Confidence.Unusable,
            Threshold = Threshold.ReviewEverything,
            Segment = segment,
            Model = model,
            Eligible = eligible,
            ReviewProbability = ReviewProbability.AtRung(rung),
            LowestProbability = ReviewProbability.AtRung(rung),
            Fingerprint = "",
        });
    }

    public JournalScript Claim(string id, string reviewer) => Add(id, new ReviewClaimed { Holder = reviewer, LeaseUntil = Now.AddMinutes(10) });

    public JournalScript Judge(string id, string reviewer, bool wasRight = true, VerdictKind? kind = null, bool undoable = false) => Add(id, new VerdictGiven
    {
        Verdict = new() { Kind = kind ?? (wasRight ? VerdictKind.Approved : VerdictKind.Rejected), Reviewer = reviewer, WasRight = wasRight, At = Now },
        Effect = Effect.None,
        UndoUntil = undoable ? Now.AddSeconds(30) : null,
    });

    public JournalScript Add(string id, JournalEntry entry)
    {
        var decision = id.Length == 0 ? default : new DecisionId(id);
        var version = _records.Count(record => record.Entry.DecisionId == decision) + 1;
        _records.Add(new((2 * _records.Count) + 5, entry with { Workflow = Workflow, DecisionId = decision, Version = version, At = Now }));
        return this;
    }

    public Tally Fold() => Count(new Tally(Workflow), _records);

    /// <summary>Counts on, making forgotten traces again from the journal, as the evidence writer does.</summary>
    public Tally Count(Tally tally, IEnumerable<JournalRecord> records)
    {
        foreach (var record in records)
        {
            if (tally.Misses(record.Entry))
            {
                tally.Recall(record.Entry.DecisionId, _records.Where(one => one.Entry.DecisionId == record.Entry.DecisionId), record.Position);
            }

            tally.Apply(record);
        }

        return tally;
    }

    /// <summary>A scorecard of it, with what the rest of a store would say.</summary>
    public Scorecard Card(Charter? charter = null, QueueMeasure? queue = null, bool isPaused = false) => ScorecardMaker.Make(new()
    {
        Tally = Fold(),
        Now = Now,
        Charter = charter ?? Charters.Plain,
        Settings = new() { Policy = ThresholdControllers.RiskControlled, Goal = new() { MaxErrorRate = 0.05 } },
        IsPaused = isPaused,
        Queue = queue ?? new() { Workflow = Workflow },
    });
}
