using HumanLoop.Adapting;
using HumanLoop.Observing;

namespace HumanLoop.Reporting;

/// <summary>Makes a scorecard from what is counted and what is in force. Pure.</summary>
internal static class ScorecardMaker
{
    /// <summary>Fewer timed answers say nothing about how a person works.</summary>
    private const int FewestTimed = 20;

    private static readonly (string Age, int From, int To)[] Ages =
    [
        ("today", 0, 0), ("1 day", 1, 1), ("2–3 days", 2, 3), ("4–7 days", 4, 7), ("8–28 days", 8, 28), ("older", 29, int.MaxValue),
    ];

    public static Scorecard Make(ScorecardSources sources)
    {
        var (tally, now) = (sources.Tally, sources.Now);
        var today = DecisionTrace.DayOf(now);
        var recent = Between(tally, today - Scorecard.RecentDays + 1, today);
        var card = new Scorecard
        {
            Workflow = tally.Workflow,
            At = now,
            Since = tally.FirstAt,
            Charter = sources.Charter,
            IsPaused = sources.IsPaused,
            Advice = new(AdviceVerdict.GoOn, AdviceReasons.NoDecisionYet, ""),
            Metric = sources.Charter is { } charter ? MetricRules.Measure(charter, tally, now) : null,
            Guard = sources.Charter is { GuardName: not null } guarded ? Guard(guarded, tally) : null,
            Recent = ScorecardPeriod.Of(recent),
            Ever = ScorecardPeriod.Of(tally.Total),
            Errors = Errors(sources, recent),
            Effort = Effort(sources, tally),
            Checks = Checks(sources, recent),
            Thresholds = [.. sources.Thresholds.Select(one => Threshold(one.Live, one.Forecast, tally, now))],
            ThresholdProblem = sources.ThresholdProblem,
            Changes = [.. tally.Changes.Reverse()],
            Reviewers = [.. tally.Reviewers.Select(Reviewer).OrderByDescending(reviewer => reviewer.Answers).ThenBy(reviewer => reviewer.Name, StringComparer.Ordinal)],
            Queue = Queue(sources, today),
            Segments = [.. tally.Segments.Select(Segment).OrderByDescending(segment => segment.Traffic.Decisions).ThenBy(segment => segment.Name, StringComparer.Ordinal)],
            Reasons = [.. tally.Reasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal)],
            Days = [.. tally.Days.OrderBy(day => day.Key).Select(Day)],
            Confidence = [.. tally.Models.OrderBy(model => model.LastSeen).Select(ConfidenceCurves.Of)],
        };
        return Advised(card);
    }

    /// <summary>The card with the advice that it leads to.</summary>
    public static Scorecard Advised(Scorecard card) => card with { Advice = AdviceRules.Advise(card) };

    /// <summary>The sum of some days, both ends included.</summary>
    internal static TallyCounts Between(Tally tally, int from, int to)
    {
        var sum = new TallyCounts();
        for (var day = from; day <= to; day++)
        {
            if (tally.Days.TryGetValue(day, out var counts))
            {
                sum.Add(counts);
            }
        }

        return sum;
    }

    internal static RateEstimate? StraightThroughErrors(TallyCounts counts) =>
        RateEstimate.FromWeights(counts[TallyColumn.WeightWrong] / (double)InverseProbability.One, counts[TallyColumn.WeightRight] / (double)InverseProbability.One, counts[TallyColumn.WeightSquares]);

    private static ScorecardGuard Guard(Charter charter, Tally tally)
    {
        var last = tally.Guard.Where(reading => reading.Name == charter.GuardName).MaxBy(reading => reading.At);
        return new() { Name = charter.GuardName!, Value = last?.Value, MeasuredAt = last?.At, AtLeast = charter.GuardAtLeast, AtMost = charter.GuardAtMost };
    }

    private static ScorecardErrors Errors(ScorecardSources sources, TallyCounts recent)
    {
        var wrong = Enumerable.Range(1, 4).Sum(cause => recent[TallyColumn.ReviewedRight + cause] + recent[TallyColumn.CheckedRight + cause]);
        var open = sources.Thresholds.Where(one => !one.Live.Threshold.IsReviewEverything).ToList();
        var goal = sources.Settings is { } settings && settings.Policy != ThresholdControllers.Fixed ? settings.Goal : null;
        return new()
        {
            StraightThrough = StraightThroughErrors(recent),
            StraightThroughEver = StraightThroughErrors(sources.Tally.Total),
            LookedAt = RateEstimate.From(wrong, wrong + recent[TallyColumn.ReviewedRight] + recent[TallyColumn.CheckedRight]),
            Bound = open.Count == 0 ? null : open.Max(one => one.Live.Evidence.ErrorRateBound),
            Sure = 1 - sources.Settings?.Goal.Risk,
            MaxErrorRate = goal?.MaxErrorRate,
            Promise = goal is null ? null : goal.ToString(),
            Causes =
            [
                new("wrong", recent[TallyColumn.ReviewedWrong], recent[TallyColumn.CheckedWrong]),
                new("withdrawn", recent[TallyColumn.ReviewedWithdrawn], recent[TallyColumn.CheckedWithdrawn]),
                new("expired", recent[TallyColumn.ReviewedExpired], recent[TallyColumn.CheckedExpired]),
                new("overdue", recent[TallyColumn.ReviewedOverdue], recent[TallyColumn.CheckedOverdue]),
            ],
            ReportedWrong = recent[TallyColumn.ReportedWrong],
        };
    }

    private static ScorecardEffort Effort(ScorecardSources sources, Tally tally)
    {
        var total = tally.Total;
        var minutes = MetricRules.MinutesPerReview(total);
        var spent = minutes * total.Verdicts;
        return new()
        {
            Verdicts = total.Verdicts,
            MinutesPerReview = minutes,
            MedianHandlingSeconds = tally.Handling.Median(),
            MedianWaitingSeconds = tally.Waiting.Median(),
            MinutesSpent = spent,
            MinutesSaved = sources.Charter is { Measure: MetricMeasure.HandlingMinutes, Baseline: { } before }
                ? (before * total[TallyColumn.Decisions]) - spent
                : minutes * total.Untouched,
            Overdue = total[TallyColumn.Overdue],
            Escalated = total[TallyColumn.Escalated],
            Abstained = total[TallyColumn.Abstained],
        };
    }

    private static ScorecardChecks Checks(ScorecardSources sources, TallyCounts recent)
    {
        var open = sources.Thresholds.Where(one => !one.Live.Threshold.IsReviewEverything).ToList();
        return new()
        {
            ShareNow = recent[TallyColumn.Decisions] == 0 ? null : recent[TallyColumn.Audits] / (double)recent[TallyColumn.Decisions],
            ProbabilityNow = open.Count == 0 ? null : open.Max(one => one.Live.AuditProbability.Value),
            SettlesAt = sources.Settings?.Goal.AuditBudget,
        };
    }

    private static ScorecardThreshold Threshold(LiveThreshold live, ThresholdForecast? forecast, Tally tally, DateTimeOffset now)
    {
        var evidence = live.Evidence;
        return new()
        {
            Segment = live.Segment,
            Model = live.Model,
            Policy = live.Policy,
            Threshold = live.Threshold.IsReviewEverything ? null : live.Threshold.Value,
            IsEarned = live.IsEarned,
            IsGuaranteeVoid = live.IsGuaranteeVoid,
            WhyClosed = live.WhyClosed,
            Outcomes = evidence.Outcomes,
            Errors = evidence.Errors,
            Overdue = evidence.Overdue,
            ErrorRateBound = evidence.ErrorRateBound,
            MaxErrorRate = live.Goal.MaxErrorRate,
            Risk = live.Goal.Risk,
            CheckProbability = live.AuditProbability.Value,
            Since = live.Since,
            Waiting = live.Waiting,
            ProposalId = live.ProposalId,
            Proposed = live.ProposalId is { } id ? tally.Changes.LastOrDefault(change => change.ChangeId == id)?.To : null,
            Forecast = forecast is null ? null : new() { Decisions = forecast.Decisions, Soonest = forecast.P10, Likely = forecast.P50, Latest = forecast.P90, Horizon = ThresholdForecast.Horizon },
            Says = ThresholdText.Of(live, forecast, now),
        };
    }

    private static ScorecardReviewer Reviewer(KeyValuePair<string, ReviewerTally> pair)
    {
        var (name, tally) = pair;
        var timed = tally.Handling.Count;
        var quick = timed == 0 ? (double?)null : tally.Quick / (double)timed;
        return new()
        {
            Name = name,
            Answers = tally.Answers,
            Agreement = RateEstimate.From(tally.Agreed, tally.Answers),
            MedianHandlingSeconds = tally.Handling.Median(),
            TooQuick = quick,
            Abstained = tally.Abstained,
            MissRate = RateEstimate.From(tally.Missed, tally.KnownWrong),
            FalseAlarmRate = RateEstimate.From(tally.FalseAlarms, tally.KnownRight),
            LastAnswerAt = tally.LastAnswerAt,
            IsSuspect = timed >= FewestTimed && quick > 0.5,
        };
    }

    private static ScorecardQueue Queue(ScorecardSources sources, int today)
    {
        var (queue, tally) = (sources.Queue, sources.Tally);
        var ages = Ages.Select(age => new ScorecardQueueAge(age.Age, tally.Days.Where(day => Math.Max(0, today - day.Key) is var days && days >= age.From && days <= age.To).Sum(day => day.Value[TallyColumn.Open])
            + (age.To == int.MaxValue ? tally.Months.Sum(month => month.Value[TallyColumn.Open]) : 0)));
        return new()
        {
            AwaitingVerdict = queue.AwaitingVerdict,
            Claimed = queue.Claimed,
            Overdue = queue.Overdue,
            OldestReady = queue.OldestReady,
            Acting = queue.Acting,
            DeadLetters = queue.DeadLetters,
            Ages = [.. ages],
        };
    }

    private static ScorecardSegment Segment(KeyValuePair<string, TallyCounts> pair) => new()
    {
        Name = pair.Key,
        Traffic = ScorecardPeriod.Of(pair.Value),
        StraightThroughErrors = StraightThroughErrors(pair.Value),
        Open = pair.Value[TallyColumn.Open],
    };

    private static ScorecardDay Day(KeyValuePair<int, TallyCounts> pair) =>
        new(DateOnly.FromDayNumber(pair.Key), pair.Value[TallyColumn.Decisions], pair.Value[TallyColumn.StraightThrough], pair.Value[TallyColumn.Audits], pair.Value.Verdicts);
}
