using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using HumanLoop.Settings;
using Microsoft.Extensions.Options;

namespace HumanLoop.Hosting;

/// <summary>Says everything that is wrong with a workflow's settings at once: workflow, key, value, allowed range and mend.</summary>
internal sealed class WorkflowOptionsValidator : IValidateOptions<WorkflowOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkflowOptions options)
    {
        var check = new SettingsCheck("Workflow", name ?? "");
        if (!SettingName.IsValid(name))
        {
            check.Fail(SettingName.Rule(name ?? ""));
        }

        Charter(check, options);
        Metric(check, options.Metric);
        ThresholdGoal(check, options.Threshold);
        Review(check, options.Review);
        Acting(check, options);
        return check.Problems.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(check.MissesRequired ? [.. check.Problems, MissingBlock(name ?? "", options)] : check.Problems);
    }

    private static void Charter(SettingsCheck check, WorkflowOptions options)
    {
        if (check.Required("Owner", options.Owner) && !IsOnePerson(options.Owner))
        {
            check.Fail("Owner", options.Owner, "one person, not a list: put the others into Review:EscalateTo");
        }

        check.Defined("Mode", options.Mode);
        foreach (var segment in options.Scope.Segments)
        {
            if (string.IsNullOrWhiteSpace(segment))
            {
                check.Fail("Scope:Segments", segment, "names of segments; leave the empty one out");
            }
        }
    }

    private static bool IsOnePerson(string owner) => !string.IsNullOrWhiteSpace(owner) && !owner.AsSpan().ContainsAny(",;\n");

    private static void Metric(SettingsCheck check, MetricOptions metric)
    {
        check.Defined("Metric:Measure", metric.Measure);
        if (!check.Required("Metric:Name", metric.Name))
        {
            return;
        }

        check.ExactlyOne("Metric", metric.AtLeast, metric.AtMost);
        if (metric.Measure is MetricMeasure.StraightThroughRate or MetricMeasure.ErrorRate)
        {
            check.Fraction("Metric:AtLeast", metric.AtLeast, zero: true, one: true);
            check.Fraction("Metric:AtMost", metric.AtMost, zero: true, one: true);
            check.Fraction("Metric:Baseline", metric.Baseline, zero: true, one: true);
        }

        if (metric.Guard is { } guard && check.Required("Metric:Guard:Name", guard.Name))
        {
            check.ExactlyOne("Metric:Guard", guard.AtLeast, guard.AtMost);
        }
    }

    private static void ThresholdGoal(SettingsCheck check, ThresholdOptions threshold)
    {
        check.Defined("Threshold:Policy", threshold.Policy);
        check.Defined("Threshold:Per", threshold.Per);
        check.Defined("Threshold:Loosening", threshold.Loosening);
        check.Defined("Threshold:OnNewModel", threshold.OnNewModel);
        if (threshold.Policy == ThresholdPolicy.Fixed)
        {
            if (threshold.Value is null)
            {
                check.Fail("Threshold:Value", null, "a number in [0, 1], which the Fixed policy needs");
            }
        }
        else
        {
            if (threshold.Value is not null)
            {
                check.Fail("Threshold:Value", threshold.Value, "left out, or used with \"Policy\": \"Fixed\"");
            }

            if (threshold.MaxErrorRate is null)
            {
                check.Missing("Threshold:MaxErrorRate");
            }
        }

        var needsCosts = threshold.Policy == ThresholdPolicy.CostOptimal;
        Cost(check, "Threshold:CostOfError", threshold.CostOfError, needsCosts);
        Cost(check, "Threshold:CostOfReview", threshold.CostOfReview, needsCosts);
        if (threshold.CostOfReview >= threshold.CostOfError)
        {
            check.Fail("Threshold:CostOfReview", threshold.CostOfReview, "below Threshold:CostOfError: otherwise nothing is worth a review");
        }

        if (threshold.Streak is < 1)
        {
            check.Fail("Threshold:Streak", threshold.Streak, "a whole number from 1, or left out for 3 divided by MaxErrorRate");
        }

        if (threshold.Window is < 1 or > 100_000)
        {
            check.Fail("Threshold:Window", threshold.Window, "a whole number from 1 to 100000");
        }

        check.Fraction("Threshold:Value", threshold.Value, zero: true, one: true);
        check.Fraction("Threshold:MaxErrorRate", threshold.MaxErrorRate, zero: false, one: false);
        check.Fraction("Threshold:Risk", threshold.Risk, zero: false, one: false);
        check.Fraction("Threshold:Start", threshold.Start, zero: true, one: true);
        check.Fraction("Threshold:AuditBudget", threshold.AuditBudget, zero: false, one: true);
        check.Fraction("Threshold:NeverBelow", threshold.NeverBelow, zero: true, one: true);
        check.Fraction("Threshold:ReviewerMissRate", threshold.ReviewerMissRate, zero: true, one: false);
        check.Fraction("Threshold:ReviewerFalseAlarmRate", threshold.ReviewerFalseAlarmRate, zero: true, one: false);
        if (threshold is { ReviewerMissRate: < 1, ReviewerFalseAlarmRate: < 1 } && threshold.ReviewerMissRate + threshold.ReviewerFalseAlarmRate >= 1)
        {
            check.Fail("Threshold:ReviewerMissRate", threshold.ReviewerMissRate, $"below 1 together with Threshold:ReviewerFalseAlarmRate ({SettingsCheck.Text(threshold.ReviewerFalseAlarmRate)}): such verdicts say nothing");
        }

        check.Duration("Threshold:EvidenceDeadline", threshold.EvidenceDeadline, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(3650));
    }

    private static void Cost(SettingsCheck check, string key, double? cost, bool isNeeded)
    {
        if (cost is null ? isNeeded : cost is not (> 0 and < double.PositiveInfinity))
        {
            check.Fail(key, cost, "a number above 0; the CostOptimal policy needs Threshold:CostOfError and Threshold:CostOfReview in one unit");
        }
    }

    private static void Review(SettingsCheck check, ReviewOptions review)
    {
        check.Duration("Review:Deadline", review.Deadline, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(3650));
        check.Defined("Review:WhenOverdue", review.WhenOverdue);
        check.Duration("Review:Lease", review.Lease, TimeSpan.FromSeconds(10), TimeSpan.FromDays(1));
        check.Duration("Review:UndoWindow", review.UndoWindow, TimeSpan.Zero, TimeSpan.FromDays(1));
        check.Defined("Review:WhenFull", review.WhenFull);
        check.Fraction("Review:BlindShare", review.BlindShare, zero: true, one: true);
        if (review.Reviewers is < 1 or > 10)
        {
            check.Fail("Review:Reviewers", review.Reviewers, "a whole number from 1 to 10");
        }

        if (review.MaxAge is { } age)
        {
            check.Duration("Review:MaxAge", age, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(3650));
        }

        if (review.MaxPending is < 1)
        {
            check.Fail("Review:MaxPending", review.MaxPending, "a whole number from 1, or left out for no limit");
        }

        foreach (var reason in review.Reasons.Concat(review.ReasonsProposalWasRight))
        {
            if (string.IsNullOrWhiteSpace(reason) || reason.Length > 100)
            {
                check.Fail("Review:Reasons", reason, "reason codes of 1 to 100 characters; leave the empty one out");
            }
        }

        foreach (var role in review.Roles)
        {
            if (string.IsNullOrWhiteSpace(role))
            {
                check.Fail("Review:Roles", role, "names of roles; leave the empty one out");
            }
        }

        foreach (var person in review.EscalateTo)
        {
            if (string.IsNullOrWhiteSpace(person))
            {
                check.Fail("Review:EscalateTo", person, "people; leave the empty one out");
            }
        }
    }

    private static void Acting(SettingsCheck check, WorkflowOptions options)
    {
        check.Duration("Acting:Timeout", options.Acting.Timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
        if (options.Acting.Retries is < 0 or > 100)
        {
            check.Fail("Acting:Retries", options.Acting.Retries, "a whole number from 0 to 100");
        }

        check.Duration("ConfidenceTimeout", options.ConfidenceTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        check.Duration("IdempotencyWindow", options.IdempotencyWindow, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(36500));
        if (options.IdempotencyWindow < options.Threshold.EvidenceDeadline)
        {
            check.Fail("IdempotencyWindow", options.IdempotencyWindow, $"at least Threshold:EvidenceDeadline ({SettingsCheck.Text(options.Threshold.EvidenceDeadline)}): a late answer must still find its decision");
        }

        if (options.PayloadRetention is { } retention)
        {
            check.Duration("PayloadRetention", retention, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(36500));
        }
    }

    /// <summary>A block that starts when it is pasted: what is there and allowed is kept, the rest is an example.</summary>
    private static string MissingBlock(string name, WorkflowOptions options)
    {
        var (owner, metric, threshold) = (options.Owner, options.Metric, options.Threshold);
        var isRate = metric.Measure is MetricMeasure.StraightThroughRate or MetricMeasure.ErrorRate;
        var target = metric is { AtMost: { } most, AtLeast: null } ? (Key: "AtMost", Value: most) : (Key: "AtLeast", Value: metric.AtLeast ?? 0.6);
        if (!double.IsFinite(target.Value) || (isRate && target.Value is < 0 or > 1))
        {
            target.Value = 0.6;
        }

        var goal = threshold.Policy == ThresholdPolicy.Fixed
            ? $"\"Policy\": \"Fixed\", \"Value\": {Number(threshold.Value is >= 0 and <= 1 ? threshold.Value.Value : 0.95)}"
            : $"\"MaxErrorRate\": {Number(threshold.MaxErrorRate is > 0 and < 1 ? threshold.MaxErrorRate.Value : 0.05)}";
        return $$"""
            Paste this into appsettings.json and put in your own values:
            { "HumanLoop": { "Workflows": { "{{name}}": {
                "Owner": "{{Text(IsOnePerson(owner) ? owner : "ops-lead@example.com")}}",
                "Metric": { "Name": "{{Text(string.IsNullOrWhiteSpace(metric.Name) ? $"{name} without a human" : metric.Name)}}", "Measure": "{{metric.Measure}}", "{{target.Key}}": {{Number(target.Value)}} },
                "Threshold": { {{goal}} }
            } } } }
            """;

        static string Number(double value) => value.ToString("0.0#########", CultureInfo.InvariantCulture);

        static string Text(string value) => JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
    }
}
