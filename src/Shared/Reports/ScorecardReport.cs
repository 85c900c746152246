using System.Globalization;
using HumanLoop.Reporting;
using static HumanLoop.Reports.ReportBlock;
using static HumanLoop.Reports.ReportText;

namespace HumanLoop.Reports;

/// <summary>A scorecard as sections that any format can be written from. Pure.</summary>
internal static class ScorecardReport
{
    private const int MostChanges = 50;

    public static IReadOnlyList<ReportSection> Of(Scorecard card) =>
    [
        new("advice", "Advice", [new ReportBlock.Advice(card.Advice.Verdict, card.Advice.Says)]),
        new("charter", "Charter", Charter(card)),
        new("metric", "Metric", Metric(card)),
        new("traffic", "Straight through", Traffic(card)),
        new("errors", "Errors", Errors(card)),
        new("thresholds", "Thresholds", Thresholds(card)),
        new("confidence", "Confidence", Confidence(card)),
        new("effort", "People's time", Effort(card)),
        new("queue", "Waiting now", Queue(card)),
        new("reviewers", "Reviewers", Reviewers(card)),
        new("segments", "Segments", Segments(card)),
        new("changes", "Change log", Changes(card)),
    ];

    private static IReadOnlyList<ReportBlock> Charter(Scorecard card) => card.Charter is not { } charter
        ? [new Paragraph("No charter is on record: no application of this version has worked on the store yet.")]
        :
        [
            Facts(
                ("Owner", charter.Owner),
                ("Mode", charter.Mode == WorkflowMode.Shadow ? "Shadow: recorded and reviewed, never acted" : "Live"),
                ("Scope", charter.Segments.Count == 0 ? "everything" : string.Join(", ", charter.Segments)),
                ("Goal", card.Errors.Promise ?? "a fixed threshold, which promises nothing about errors"),
                ("State", card.IsPaused ? "paused: everything goes to a person" : "running"),
                ("First decision", card.Since is { } since ? Time(since) : "none yet")),
        ];

    private static IReadOnlyList<ReportBlock> Metric(Scorecard card)
    {
        if (card.Metric is not { } metric)
        {
            return [new Paragraph("Without a charter there is no metric.")];
        }

        var rows = new List<(string, string)>
        {
            (metric.Name, metric.Rate is { } rate ? Percent(rate) : ReportText.Metric(metric, metric.Value)),
            ("Target", Target(metric) + (metric.By is { } by ? $" by {Date(by)}" : "")),
            ("Before", ReportText.Metric(metric, metric.Baseline)),
            ("Standing", metric.Standing switch
            {
                MetricStanding.NotMeasured => "not measured yet",
                MetricStanding.NotReached => "not reached",
                MetricStanding.Reached => "reached; chance might explain it",
                _ => "reached",
            }),
        };
        if (metric.ReachedAround is { } around)
        {
            rows.Add(("At this pace", $"reached around {Date(around)}{(metric.IsOnTrack == false ? ", too late" : metric.IsOnTrack == true ? ", in time" : "")}"));
        }

        if (metric.MeasuredAt is { } measured)
        {
            rows.Add(("Measured", Time(measured)));
        }

        if (card.Guard is { } guard)
        {
            rows.Add(($"Guard: {guard.Name}", $"{Number(guard.Value)}, limit {Limit(guard.AtLeast, guard.AtMost, Number)}{(guard.Value is null ? ", never recorded" : guard.IsMissed ? ", missed" : ", kept")}"));
        }

        return
        [
            Facts([.. rows]),
            .. metric.MeasuredAt is null ? [new Paragraph($"Measured over the last {Scorecard.RecentDays} days; in brackets the 95 % interval for one look.")] : Array.Empty<ReportBlock>(),
        ];
    }

    private static IReadOnlyList<ReportBlock> Traffic(Scorecard card) =>
    [
        new Table(["", $"Last {Scorecard.RecentDays} days", "Since the first decision"],
        [
            ["Decisions", Whole(card.Recent.Decisions), Whole(card.Ever.Decisions)],
            ["Straight through", Percent(card.Recent.StraightThroughRate), Percent(card.Ever.StraightThroughRate)],
            ["Touched by people", Percent(card.Recent.TouchedRate), Percent(card.Ever.TouchedRate)],
            ["Checks of what acted", Whole(card.Recent.Checks), Whole(card.Ever.Checks)],
            ["Sent by rule, scope or missing confidence", Whole(card.Recent.NotEligible), Whole(card.Ever.NotEligible)],
        ]),
        new Paragraph(card.Checks.ProbabilityNow is { } now
            ? $"Checks are {Percent(card.Checks.ShareNow)} of all decisions now and settle at {Percent(card.Checks.SettlesAt)}; what goes straight through is checked with probability {Percent(now)}."
            : $"Everything is reviewed now; checks settle at {Percent(card.Checks.SettlesAt)} of all decisions."),
        .. Drawn(ScorecardCharts.StraightThrough(card), "The share of decisions that acted without waiting for a person, over the seven days up to each day."),
        .. card.Reasons.Count == 0 ? Array.Empty<ReportBlock>() : [new Table(["Reason of the route", "Decisions"], [.. card.Reasons.Take(12).Select(reason => (IReadOnlyList<string>)[Words(reason.Key), Whole(reason.Value)])])],
    ];

    private static IReadOnlyList<ReportBlock> Errors(Scorecard card)
    {
        var errors = card.Errors;
        return
        [
            Facts(
                ("Wrong among what acted alone", errors.StraightThrough is { } rate ? Percent(rate) : "no checks yet"),
                ("The same since the first decision", Percent(errors.StraightThroughEver)),
                ("Limit", errors.Promise ?? "none"),
                ("Still possible at the thresholds in force", errors.Bound is { } bound ? $"up to {Percent(bound)}, at all times{(errors.Sure is { } sure ? $", {Percent(sure)} sure" : "")}" : "everything is reviewed"),
                ("Wrong among all that people looked at", Percent(errors.LookedAt))),
            new Table(["Counts as wrong because", "Reviewed before acting", "Checked after acting"], [.. errors.Causes.Select(cause => (IReadOnlyList<string>)[Cause(cause.Cause), Whole(cause.Reviewed), Whole(cause.Checked)])]),
            .. errors.ReportedWrong == 0 ? Array.Empty<ReportBlock>() : [new Paragraph($"{Whole(errors.ReportedWrong)} decisions that nobody had drawn were reported as wrong. Complaints are a biased sample, so they are shown and never counted.")],
        ];
    }

    private static IReadOnlyList<ReportBlock> Thresholds(Scorecard card)
    {
        if (card.ThresholdProblem is { } problem)
        {
            return [new Paragraph(problem)];
        }

        if (card.Thresholds.Count == 0)
        {
            return [new Paragraph("No decision was made yet.")];
        }

        return
        [
            .. card.Thresholds.Select(one => new Paragraph(Capital(one.Says) + ".")),
            .. card.Thresholds.Where(one => one.ProposalId is not null).Select(one => new Paragraph($"Proposal {one.ProposalId} waits for the owner: loosen to {Threshold(one.Proposed)}.")),
            .. Drawn(ScorecardCharts.Thresholds(card), "Each threshold over time; the top line reviews everything, every mark is a change."),
        ];
    }

    private static IReadOnlyList<ReportBlock> Confidence(Scorecard card) => card.Confidence.All(model => model.Outcomes == 0)
        ? [new Paragraph("Nobody has found anything right or wrong yet.")]
        :
        [
            new Table(["Model", "Decisions", "Looked at", "Wrong", "Tells right from wrong (AUROC)"],
                [.. card.Confidence.Select(model => (IReadOnlyList<string>)[model.Model ?? None, Whole(model.Decisions), Whole(model.Outcomes), Whole(model.Errors), model.Auroc?.ToString("0.00", CultureInfo.InvariantCulture) ?? None])]),
            .. Drawn(ScorecardCharts.RiskCoverage(card), "What every threshold would let through, and how much of it would be wrong; the dashed line is the limit."),
            .. Drawn(ScorecardCharts.Reliability(card), "The confidence against what came out; on the dashed line it keeps what it says."),
        ];

    private static IReadOnlyList<ReportBlock> Effort(Scorecard card)
    {
        var effort = card.Effort;
        return
        [
            Facts(
                ("Reviews", Whole(effort.Verdicts)),
                ("Time for a review", effort.MedianHandlingSeconds is { } median ? $"median {Seconds(median)}, mean {Minutes(effort.MinutesPerReview)}" : "none timed yet"),
                ("Wait for somebody to take it", effort.MedianWaitingSeconds is { } wait ? $"median {Seconds(wait)}" : None),
                ("Spent", Minutes(effort.MinutesSpent)),
                ("Saved", Minutes(effort.MinutesSaved)),
                ("Deadlines missed", Whole(effort.Overdue)),
                ("Sent up", Whole(effort.Escalated)),
                ("Could not say", Whole(effort.Abstained))),
        ];
    }

    private static IReadOnlyList<ReportBlock> Queue(Scorecard card) =>
    [
        Facts(
            ("Await a verdict", $"{Whole(card.Queue.AwaitingVerdict)}, {Whole(card.Queue.Claimed)} of them held by somebody"),
            ("Overdue", Whole(card.Queue.Overdue)),
            ("Oldest since", card.Queue.OldestReady is { } oldest ? Time(oldest) : None),
            ("Effects due or under way", Whole(card.Queue.Acting)),
            ("Dead letters", Whole(card.Queue.DeadLetters))),
        .. Drawn(ScorecardCharts.QueueAge(card), "Open reviews by the age of their decisions."),
    ];

    private static IReadOnlyList<ReportBlock> Reviewers(Scorecard card) => card.Reviewers.Count == 0
        ? [new Paragraph("Nobody has reviewed anything yet.")]
        :
        [
            new Table(["Reviewer", "Verdicts", "Found the AI right", "Median time", "Too quick to have been read", "Known errors missed", "False alarms"],
                [.. card.Reviewers.Select(one => (IReadOnlyList<string>)[one.Name, Whole(one.Answers), Percent(one.Agreement), Seconds(one.MedianHandlingSeconds), Percent(one.TooQuick) + (one.IsSuspect ? " (hardly read)" : ""), Percent(one.MissRate), Percent(one.FalseAlarmRate)])]),
        ];

    private static IReadOnlyList<ReportBlock> Segments(Scorecard card) => card.Segments.Count == 0
        ? [new Paragraph("No decision was made yet.")]
        :
        [
            new Table(["Segment", "Decisions", "Straight through", "Wrong among these", "Open reviews"],
                [.. card.Segments.Select(one => (IReadOnlyList<string>)[one.Name.Length == 0 ? "(none)" : one.Name, Whole(one.Traffic.Decisions), Percent(one.Traffic.StraightThroughRate), Percent(one.StraightThroughErrors), Whole(one.Open)])]),
            .. Drawn(ScorecardCharts.Segments(card), "The share of each segment's decisions that acted without waiting."),
        ];

    private static IReadOnlyList<ReportBlock> Changes(Scorecard card) => card.Changes.Count == 0
        ? [new Paragraph("Nothing has changed yet.")]
        :
        [
            new Table(["When", "What", "From", "To", "Wrong of reviewed", "By"],
                [.. card.Changes.Take(MostChanges).Select(change => (IReadOnlyList<string>)
                [
                    Time(change.At),
                    Words(change.Reason) + (change.IsProposal ? " (proposed)" : "") + (change.GuaranteeVoid ? " (nothing promised)" : "") + Whose(change) + (change.Note is { Length: > 0 } note ? $": {note}" : ""),
                    change.ChangeId is not null ? Threshold(change.From) : None,
                    change.ChangeId is not null ? Threshold(change.To) : None,
                    change.ChangeId is not null ? $"{Whole(change.Errors)} of {Whole(change.Outcomes)}" : None,
                    change.Actor ?? None,
                ])]),
        ];

    private static string Whose(ScorecardChange change) => (change.Segment, change.Model) switch
    {
        (null, null) => "",
        (null, _) => $", model {change.Model}",
        (_, null) => $", segment {change.Segment}",
        _ => $", segment {change.Segment}, model {change.Model}",
    };

    private static string Cause(string cause) => cause switch
    {
        "wrong" => "found wrong",
        "withdrawn" => "withdrawn or superseded",
        "expired" => "nobody answered and it was declined",
        _ => "unanswered past the evidence deadline",
    };

    private static Table Facts(params (string Name, string Value)[] facts) => new([], [.. facts.Select(fact => (IReadOnlyList<string>)[fact.Name, fact.Value])]);

    private static IReadOnlyList<ReportBlock> Drawn(string? svg, string caption) => svg is null ? [] : [new Chart(svg, caption)];

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
