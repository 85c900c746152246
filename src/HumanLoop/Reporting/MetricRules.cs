namespace HumanLoop.Reporting;

/// <summary>The metric's value, how it stands to its target, and where its pace leads. Pure.</summary>
internal static class MetricRules
{
    private const int Half = Scorecard.RecentDays / 2;

    /// <summary>Fewer decisions in half of the period make no pace.</summary>
    private const int FewestInHalf = 10;

    private const double FurthestDays = 3_650;

    public static ScorecardMetric Measure(Charter charter, Tally tally, DateTimeOffset now)
    {
        var today = DecisionTrace.DayOf(now);
        var (value, rate, measuredAt) = ValueOf(charter, tally, ScorecardMaker.Between(tally, today - Scorecard.RecentDays + 1, today));
        var standing = Standing(charter, value, rate);
        var around = standing == MetricStanding.NotReached ? ReachedAround(charter, tally, today) : null;
        return new()
        {
            Name = charter.MetricName,
            Measure = charter.Measure,
            Value = value,
            Rate = rate,
            MeasuredAt = measuredAt,
            AtLeast = charter.AtLeast,
            AtMost = charter.AtMost,
            Baseline = charter.Baseline,
            By = charter.By,
            Standing = standing,
            ReachedAround = around,
            IsOnTrack = charter.By is not { } by ? null
                : standing >= MetricStanding.Reached ? true
                : by.DayNumber < today ? false
                : around is { } date ? date <= by
                : null,
        };
    }

    /// <summary>Mean minutes of a timed review; null when none was.</summary>
    public static double? MinutesPerReview(TallyCounts counts) =>
        counts[TallyColumn.Handled] == 0 ? null : counts[TallyColumn.HandlingSeconds] / 60.0 / counts[TallyColumn.Handled];

    private static (double? Value, RateEstimate? Rate, DateTimeOffset? MeasuredAt) ValueOf(Charter charter, Tally tally, TallyCounts counts)
    {
        if (charter.Measure == MetricMeasure.Custom)
        {
            var last = tally.Metric.Where(reading => reading.Name == charter.MetricName).MaxBy(reading => reading.At);
            return (last?.Value, null, last?.At);
        }

        RateEstimate? rate = charter.Measure switch
        {
            MetricMeasure.StraightThroughRate => RateEstimate.From(counts[TallyColumn.StraightThrough], counts[TallyColumn.Decisions]),
            MetricMeasure.ErrorRate => ErrorRate(counts),
            _ => null,
        };
        return (charter.Measure == MetricMeasure.HandlingMinutes ? HandlingMinutes(counts) : rate?.Value, rate, null);
    }

    /// <summary>The share of all decisions that went straight through and were wrong: the share that went, times how many of these were wrong.</summary>
    private static RateEstimate? ErrorRate(TallyCounts counts)
    {
        if (RateEstimate.From(counts[TallyColumn.StraightThrough], counts[TallyColumn.Decisions]) is not { } share)
        {
            return null;
        }

        return share.Value == 0 ? new(0, 0, 0, share.Of)
            : ScorecardMaker.StraightThroughErrors(counts) is { } wrong ? new(share.Value * wrong.Value, share.Value * wrong.Low, share.Value * wrong.High, wrong.Of)
            : null;
    }

    private static double? HandlingMinutes(TallyCounts counts) =>
        counts[TallyColumn.Decisions] == 0 ? null
        : counts.Verdicts == 0 ? 0
        : MinutesPerReview(counts) * counts.Verdicts / counts[TallyColumn.Decisions];

    private static MetricStanding Standing(Charter charter, double? value, RateEstimate? rate)
    {
        if (value is not { } known)
        {
            return MetricStanding.NotMeasured;
        }

        var meets = Meets(charter, known);
        return !meets ? MetricStanding.NotReached
            : rate is { } estimate && !Meets(charter, charter.AtLeast is null ? estimate.High : estimate.Low) ? MetricStanding.Reached
            : MetricStanding.ReachedSurely;
    }

    private static bool Meets(Charter charter, double value) => charter.AtLeast is { } least ? value >= least : value <= charter.AtMost;

    /// <summary>Goes on in a line from the older half of the period through the newer one.</summary>
    private static DateOnly? ReachedAround(Charter charter, Tally tally, int today)
    {
        if (charter.Measure == MetricMeasure.Custom)
        {
            return null;
        }

        var older = ScorecardMaker.Between(tally, today - Scorecard.RecentDays + 1, today - Half);
        var newer = ScorecardMaker.Between(tally, today - Half + 1, today);
        if (older[TallyColumn.Decisions] < FewestInHalf || newer[TallyColumn.Decisions] < FewestInHalf
            || ValueOf(charter, tally, older).Value is not { } before || ValueOf(charter, tally, newer).Value is not { } after)
        {
            return null;
        }

        if (charter.AtLeast is null ? after >= before : after <= before)
        {
            return null;
        }

        // The newer half stands for its middle, a week ago.
        var days = (((charter.AtLeast ?? charter.AtMost!.Value) - after) / ((after - before) / Half)) - (Half / 2.0);
        return days < FurthestDays ? DateOnly.FromDayNumber(today + (int)Math.Ceiling(Math.Max(0, days))) : null;
    }
}
