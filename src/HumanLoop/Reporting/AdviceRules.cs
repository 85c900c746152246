using System.Globalization;
using static HumanLoop.Reporting.AdviceText;

namespace HumanLoop.Reporting;

/// <summary>One sentence of advice from a scorecard: what does harm first, then what is to be mended, then how far it is. Pure.</summary>
internal static class AdviceRules
{
    /// <summary>Fewer decisions in the recent period reach no target.</summary>
    public const int FewestDecisions = 30;

    private const int FewestChecks = 10;
    private const double AlarmDays = 14;
    private const double OverdueShare = 0.2;

    public static ScorecardAdvice Advise(Scorecard card) => Harm(card) ?? Mend(card) ?? Progress(card);

    private static ScorecardAdvice? Harm(Scorecard card)
    {
        if (card.Guard is { IsMissed: true } guard)
        {
            return Stop(AdviceReasons.GuardMissed, $"the guard \"{guard.Name}\" is at {Number(guard.Value)} and its limit is {Limit(guard.AtLeast, guard.AtMost, Number)}: pause it and find out why.");
        }

        if (card.Errors is { StraightThrough: { Of: >= FewestChecks } rate, MaxErrorRate: { } limit } && rate.Low > limit)
        {
            return Stop(AdviceReasons.ErrorsAboveLimit, $"{Percent(rate.Value)} of what acted alone was wrong ({Percent(rate.Low)} to {Percent(rate.High)}) and at most {Percent(limit)} may be: pause it and find out why.");
        }

        if (card.Thresholds.Count > 0 && card.Thresholds.All(one => one.Threshold is null))
        {
            if (card.Thresholds.All(one => one.WhyClosed.Contains(ThresholdReasons.TargetUnreachable)))
            {
                return Stop(AdviceReasons.TargetUnreachable, "even the surest decisions are wrong more often than the goal allows: a better model or a wider goal is needed, more decisions will not help.");
            }

            if (card.Thresholds.All(one => one.WhyClosed.Contains(ThresholdReasons.ScoreUseless)))
            {
                return Stop(AdviceReasons.ScoreUseless, "the confidence does not tell right from wrong: another confidence is needed, more decisions will not help.");
            }
        }

        return null;
    }

    private static ScorecardAdvice? Mend(Scorecard card)
    {
        if (card.IsPaused)
        {
            return Hold(AdviceReasons.Paused, "it is paused and everything goes to a person: resume it when what stopped it is mended.");
        }

        if (card.Changes.FirstOrDefault(change => change.Reason == ThresholdReasons.DriftAlarm) is { } alarm && (card.At - alarm.At).TotalDays <= AlarmDays
            && card.Thresholds.Any(one => one.Threshold is null && one.Segment == alarm.Segment && one.Model == alarm.Model))
        {
            return Hold(AdviceReasons.DriftAlarm, $"the drift alarm of {Date(alarm.At)} closed a threshold{(alarm.Segment is null ? "" : $" of segment {alarm.Segment}")}: find out what changed before widening anything.");
        }

        if (card.Queue.DeadLetters > 0)
        {
            return Hold(AdviceReasons.DeadLetters, $"{Whole(card.Queue.DeadLetters)} effects failed until their retries were used up: retry or settle them.");
        }

        if (card.Queue.Overdue > 0 && card.Queue.Overdue >= OverdueShare * card.Queue.AwaitingVerdict)
        {
            return Hold(AdviceReasons.ReviewsOverdue, $"{Whole(card.Queue.Overdue)} of {Whole(card.Queue.AwaitingVerdict)} open reviews are overdue: people do not keep up, and missing answers count as wrong.");
        }

        return card.Metric is { IsReached: false, By: { } by } && by.DayNumber < DateOnly.FromDateTime(card.At.UtcDateTime).DayNumber && card.Since is not null
            ? Hold(AdviceReasons.TargetMissed, $"the target was due on {Date(by)} and is not reached: set another target or end it.")
            : null;
    }

    private static ScorecardAdvice Progress(Scorecard card)
    {
        if (card.Since is null)
        {
            return GoOn(AdviceReasons.NoDecisionYet, "no decision was made yet.");
        }

        if (card.Charter is { Mode: WorkflowMode.Shadow })
        {
            return card.Thresholds.Any(one => one.IsEarned)
                ? Expand(AdviceReasons.EarnedInShadow, "a threshold is earned in shadow mode: set Mode to Live and let it act.")
                : Learning(card);
        }

        if (card.Metric is null or { Standing: MetricStanding.NotMeasured } || card.Guard is { Value: null })
        {
            return card.Thresholds.Count > 0 && card.Thresholds.All(one => one.Threshold is null)
                ? Learning(card)
                : GoOn(AdviceReasons.NotMeasured, card.Metric is { Standing: not MetricStanding.NotMeasured }
                    ? $"the guard \"{card.Guard!.Name}\" was never recorded: without it nothing says that the gain is free."
                    : $"the metric{(card.Metric is null ? "" : $" \"{card.Metric.Name}\"")} is not measured yet.");
        }

        if (!card.Metric.IsReached)
        {
            return card.Metric.IsOnTrack == false
                ? GoOn(AdviceReasons.BehindSchedule, $"at this pace \"{card.Metric.Name}\" reaches its target {(card.Metric.ReachedAround is { } late ? $"around {Date(late)}" : "too late")}, after {Date(card.Metric.By!.Value)}.")
                : card.Thresholds.Count > 0 && card.Thresholds.All(one => one.Threshold is null) ? Learning(card)
                : GoOn(AdviceReasons.TargetAhead, $"\"{card.Metric.Name}\" is at {Metric(card.Metric, card.Metric.Value)} and its target is {Target(card.Metric)}{(card.Metric.ReachedAround is { } around ? $"; at this pace it is reached around {Date(around)}" : "")}.");
        }

        return card.Metric.Standing == MetricStanding.Reached || card.Recent.Decisions < FewestDecisions
                ? GoOn(AdviceReasons.TargetReachedNotSure, $"\"{card.Metric.Name}\" meets its target, on too few decisions to be sure.")
            : card.Thresholds.Any(one => one is { Threshold: not null, IsEarned: false } or { IsGuaranteeVoid: true })
                ? GoOn(AdviceReasons.TargetReachedNotEarned, $"\"{card.Metric.Name}\" meets its target by a threshold that nobody earned: nothing is promised about errors.")
            : Expand(AdviceReasons.TargetReached, $"\"{card.Metric.Name}\" is at {Metric(card.Metric, card.Metric.Value)} and its target {Target(card.Metric)} is reached{(card.Errors.Promise is { } promise ? $", with {promise}" : "")}: widen its scope, or take the next workflow.");
    }

    private static ScorecardAdvice Learning(Scorecard card)
    {
        var forecast = card.Thresholds.Select(one => one.Forecast).FirstOrDefault(one => one is not null);
        return GoOn(AdviceReasons.Learning, forecast is null
            ? "everything is reviewed while the evidence is gathered."
            : forecast.Likely is { } likely ? string.Create(CultureInfo.InvariantCulture, $"everything is reviewed while the evidence is gathered; a threshold will probably open after about {likely} more decisions.")
            : string.Create(CultureInfo.InvariantCulture, $"everything is reviewed while the evidence is gathered; a threshold is not likely to open within {forecast.Horizon} decisions."));
    }

    private static ScorecardAdvice GoOn(string reason, string why) => new(AdviceVerdict.GoOn, reason, $"Go on: {why}");

    private static ScorecardAdvice Hold(string reason, string why) => new(AdviceVerdict.Hold, reason, $"Hold: {why}");

    private static ScorecardAdvice Stop(string reason, string why) => new(AdviceVerdict.Stop, reason, $"Stop: {why}");

    private static ScorecardAdvice Expand(string reason, string why) => new(AdviceVerdict.Expand, reason, $"Expand: {why}");
}
