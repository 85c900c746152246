using System.Globalization;
using HumanLoop.Adapting;
using HumanLoop.Reporting;
using HumanLoop.Reports;
using static HumanLoop.Cli.Store.DoctorReport.Severity;

namespace HumanLoop.Cli.Store;

/// <summary>What would stop one workflow in production, from its scorecard. Pure.</summary>
internal sealed class Examination(Scorecard card)
{
    private const double SilentDays = 7;
    private const long FewestSeen = 50;
    private const double DegenerateShare = 0.99;
    private const double LargestGap = 0.05;
    private const double UnscoredShare = 0.05;
    private const double UselessAuroc = 0.6;

    private readonly List<DoctorReport.Finding> _findings = [];

    public IReadOnlyList<DoctorReport.Finding> Run()
    {
        Charter();
        Switches();
        Thresholds();
        Confidence();
        Reviews();
        Numbers();
        return _findings;
    }

    private void Charter()
    {
        if (card.Charter is not { } charter)
        {
            Find(Stops, "no_charter", "no charter is on record, so nobody owns it and nothing says whether it succeeds.", "start an application of this version with Owner, Metric and Threshold:MaxErrorRate set.");
            return;
        }

        if (charter.Mode == WorkflowMode.Shadow)
        {
            Find(Warns, "shadow", "it is in shadow mode and never acts.", "set Mode to Live when the evidence is there.");
        }

        if (!charter.HasHandler && charter.Mode == WorkflowMode.Live)
        {
            Find(Warns, "no_handler", "it has no handler: nothing acts on verdicts but what the caller does with them.", "UseHandler<…>(), or act on every receipt and on WaitForVerdictAsync.");
        }
    }

    private void Switches()
    {
        if (card.IsPaused)
        {
            var by = card.Changes.FirstOrDefault(change => change.Reason == "paused");
            Find(Stops, "paused", $"it is paused{(by is null ? "" : $" since {ReportText.Time(by.At)} by {by.Actor}{(string.IsNullOrEmpty(by.Note) ? "" : $" ({by.Note})")}")}.", "resume it with IWorkflowControl.ResumeAsync when what stopped it is mended.");
        }
    }

    private void Thresholds()
    {
        if (card.ThresholdProblem is { } problem)
        {
            Find(Notes, "threshold_unreadable", problem, "read it in the application: IWorkflowControl.GetThresholdsAsync.");
        }

        foreach (var one in card.Thresholds)
        {
            var whose = (one.Segment is null ? "" : $" of segment {one.Segment}") + (one.Model is null ? "" : $" of model {one.Model}");
            if (one.Policy == ThresholdControllers.Fixed)
            {
                Find(Warns, "fixed_threshold", $"the threshold{whose} is fixed, which promises nothing about errors.", "set Threshold:Policy to RiskControlled and Threshold:MaxErrorRate.");
            }

            if (one.IsGuaranteeVoid)
            {
                Find(Warns, "guarantee_void", $"the threshold{whose} was forced looser than earned: nothing is promised.", "take it back with IWorkflowControl.ReleaseThresholdAsync.");
            }

            if (one.ProposalId is { } id)
            {
                Find(Notes, "proposal_waits", $"proposal {id} to loosen the threshold{whose} to {ReportText.Threshold(one.Proposed)} waits for the owner.", "approve or reject it: IWorkflowControl.ApproveLooseningAsync, RejectLooseningAsync.");
            }

            if (one.Threshold is null)
            {
                Closed(one, whose);
            }
        }
    }

    private void Closed(ScorecardThreshold one, string whose)
    {
        if (one.WhyClosed.Contains(ThresholdReasons.TargetUnreachable))
        {
            Find(Stops, "target_unreachable", $"even the surest decisions{whose} are wrong more often than {ReportText.Percent(one.MaxErrorRate)}.", "a better model, or another Threshold:MaxErrorRate; more decisions will not help.");
        }
        else if (one.WhyClosed.Contains(ThresholdReasons.ScoreUseless))
        {
            Find(Stops, "score_useless", $"the confidence{whose} does not tell right from wrong.", "another confidence; more decisions will not help.");
        }
        else if (one.WhyClosed.Contains(ThresholdReasons.OutcomesOverdue))
        {
            Find(Warns, "outcomes_overdue", $"the threshold{whose} is closed because answers are missing: {ReportText.Whole(one.Overdue)} count as wrong.", "answer them: humanloop reviews --overdue.");
        }
        else
        {
            Find(Notes, "reviewing_everything", $"{one.Says}.", "nothing but decisions and their reviews.");
        }
    }

    private void Confidence()
    {
        foreach (var model in card.Confidence.Where(model => model.Decisions >= FewestSeen))
        {
            var whose = model.Model is null ? "the confidence" : $"the confidence of model {model.Model}";
            if (model.LargestTie >= DegenerateShare)
            {
                Find(Stops, "confidence_degenerate", $"{whose} is nearly always the same.", "a confidence that differs between decisions.");
            }
            else if (model is { Auroc: < UselessAuroc, Errors: >= 30 })
            {
                Find(Warns, "confidence_undiscriminating", string.Create(CultureInfo.InvariantCulture, $"{whose} hardly ranks right above wrong (AUROC {model.Auroc:0.00}; 0.5 is a coin)."), "another confidence, or humanloop status --health for the interval.");
            }

            var weight = model.Reliability.Sum(bin => bin.Weight);
            var gap = weight == 0 ? 0 : model.Reliability.Sum(bin => bin.Weight * (bin.MeanConfidence - bin.Accuracy)) / weight;
            if (model.Outcomes >= FewestSeen && gap > LargestGap)
            {
                Find(Notes, "confidence_overconfident", string.Create(CultureInfo.InvariantCulture, $"{whose} claims {gap:0.00} more than it keeps."), "nothing for a risk-controlled threshold; do not read it as a probability.");
            }
        }

        string[] unscored = [RouteReasons.ConfidenceMissing, RouteReasons.ConfidenceUnusable, RouteReasons.ConfidenceFailed, RouteReasons.ConfidenceTimedOut];
        var without = card.Reasons.Where(reason => unscored.Contains(reason.Key)).Sum(reason => reason.Value);
        if (without > 0 && without >= UnscoredShare * card.Ever.Decisions)
        {
            Find(Warns, "confidence_missing", $"{ReportText.Whole(without)} of {ReportText.Whole(card.Ever.Decisions)} decisions had no usable confidence and went to a person.", "give Decision.Confidence a number in [0, 1], or mend the IConfidenceSource.");
        }
    }

    private void Reviews()
    {
        var queue = card.Queue;
        if (queue.DeadLetters > 0)
        {
            Find(Stops, "dead_letters", $"{ReportText.Whole(queue.DeadLetters)} effects failed until their retries were used up.", $"humanloop dead-letters --workflow {card.Workflow}, then retry or settle each.");
        }

        if (queue.Overdue > 0)
        {
            Find(Warns, "reviews_overdue", $"{ReportText.Whole(queue.Overdue)} of {ReportText.Whole(queue.AwaitingVerdict)} open reviews are overdue.", $"humanloop reviews --workflow {card.Workflow} --overdue; more reviewers, or a longer Review:Deadline.");
        }

        var last = card.Reviewers.Count == 0 ? card.Since : card.Reviewers.Max(reviewer => reviewer.LastAnswerAt);
        if (queue.AwaitingVerdict > 0 && last is { } at && (card.At - at).TotalDays > SilentDays)
        {
            Find(Stops, "reviewers_silent", $"{ReportText.Whole(queue.AwaitingVerdict)} reviews wait and nobody has decided any since {ReportText.Date(at)}.", "find somebody to review, and tell them: AddNotifier<…>().");
        }

        foreach (var reviewer in card.Reviewers.Where(reviewer => reviewer.IsSuspect))
        {
            Find(Warns, "reviewer_too_quick", $"{reviewer.Name} answers {ReportText.Percent(reviewer.TooQuick)} of reviews in less than 2 seconds.", "talk to that person: an approval that nobody read is no evidence.");
        }

        if (card.Errors.Causes.FirstOrDefault(cause => cause.Cause == "overdue") is { Checked: > 0 } unanswered)
        {
            Find(Warns, "checks_unanswered", $"{ReportText.Whole(unanswered.Checked)} checks of acts were not answered by the evidence deadline and count as wrong.", "answer them; they decide whether the threshold stays.");
        }
    }

    private void Numbers()
    {
        if (card.Since is null)
        {
            Find(Notes, "no_decision_yet", "no decision was made yet.", "route one: IDecisionRouter<T>.RouteAsync.");
            return;
        }

        if (card.Metric is { Measure: MetricMeasure.Custom, Value: null } metric)
        {
            Find(Warns, "metric_not_recorded", $"the metric \"{metric.Name}\" is one that the application records, and it never has.", "call IScorecards.RecordMetricAsync.");
        }

        if (card.Guard is { Value: null } guard)
        {
            Find(Warns, "guard_not_recorded", $"the guard \"{guard.Name}\" was never recorded.", "call IScorecards.RecordGuardAsync.");
        }

        if (card.Advice.Verdict == AdviceVerdict.Stop && card.Advice.Reason is AdviceReasons.GuardMissed or AdviceReasons.ErrorsAboveLimit)
        {
            Find(Stops, card.Advice.Reason, card.Advice.Says, "pause it with IWorkflowControl.PauseAsync until the cause is found.");
        }
    }

    private void Find(DoctorReport.Severity severity, string code, string problem, string mend) => _findings.Add(new(card.Workflow, severity, code, problem, mend));
}
