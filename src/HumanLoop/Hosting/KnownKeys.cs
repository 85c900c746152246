using HumanLoop.Settings;

namespace HumanLoop.Hosting;

/// <summary>The keys of a workflow's settings and of the application's.</summary>
internal static class KnownKeys
{
    public static IReadOnlyDictionary<string, SettingKeys.Kind> Workflow { get; } = new Dictionary<string, SettingKeys.Kind>(StringComparer.OrdinalIgnoreCase)
    {
        ["Owner"] = SettingKeys.Text,
        ["Mode"] = SettingKeys.OneOf<WorkflowMode>(),
        ["Scope:Segments"] = SettingKeys.List,
        ["Metric:Name"] = SettingKeys.Text,
        ["Metric:Measure"] = SettingKeys.OneOf<MetricMeasure>(),
        ["Metric:AtLeast"] = SettingKeys.Number,
        ["Metric:AtMost"] = SettingKeys.Number,
        ["Metric:Baseline"] = SettingKeys.Number,
        ["Metric:By"] = SettingKeys.Date,
        ["Metric:Guard:Name"] = SettingKeys.Text,
        ["Metric:Guard:AtLeast"] = SettingKeys.Number,
        ["Metric:Guard:AtMost"] = SettingKeys.Number,
        ["Threshold:Policy"] = SettingKeys.OneOf<ThresholdPolicy>(),
        ["Threshold:Value"] = SettingKeys.Number,
        ["Threshold:Streak"] = SettingKeys.Whole,
        ["Threshold:Window"] = SettingKeys.Whole,
        ["Threshold:CostOfError"] = SettingKeys.Number,
        ["Threshold:CostOfReview"] = SettingKeys.Number,
        ["Threshold:MaxErrorRate"] = SettingKeys.Number,
        ["Threshold:Risk"] = SettingKeys.Number,
        ["Threshold:Start"] = SettingKeys.Number,
        ["Threshold:AuditBudget"] = SettingKeys.Number,
        ["Threshold:Per"] = SettingKeys.OneOf<ThresholdPer>(),
        ["Threshold:Loosening"] = SettingKeys.OneOf<Loosening>(),
        ["Threshold:NeverBelow"] = SettingKeys.Number,
        ["Threshold:OnNewModel"] = SettingKeys.OneOf<OnNewModel>(),
        ["Threshold:ReviewerMissRate"] = SettingKeys.Number,
        ["Threshold:ReviewerFalseAlarmRate"] = SettingKeys.Number,
        ["Threshold:EvidenceDeadline"] = SettingKeys.Duration,
        ["Review:Deadline"] = SettingKeys.Duration,
        ["Review:WhenOverdue"] = SettingKeys.OneOf<WhenOverdue>(),
        ["Review:EscalateTo"] = SettingKeys.List,
        ["Review:Lease"] = SettingKeys.Duration,
        ["Review:Reviewers"] = SettingKeys.Whole,
        ["Review:UndoWindow"] = SettingKeys.Duration,
        ["Review:MaxPending"] = SettingKeys.Whole,
        ["Review:MaxAge"] = SettingKeys.Duration,
        ["Review:WhenFull"] = SettingKeys.OneOf<WhenFull>(),
        ["Review:BlindShare"] = SettingKeys.Number,
        ["Review:ReasonsProposalWasRight"] = SettingKeys.List,
        ["Review:Reasons"] = SettingKeys.List,
        ["Review:Guidelines"] = SettingKeys.Text,
        ["Review:Roles"] = SettingKeys.List,
        ["Acting:Timeout"] = SettingKeys.Duration,
        ["Acting:Retries"] = SettingKeys.Whole,
        ["Acting:Idempotent"] = SettingKeys.Flag,
        ["ConfidenceTimeout"] = SettingKeys.Duration,
        ["IdempotencyWindow"] = SettingKeys.Duration,
        ["PayloadRetention"] = SettingKeys.Duration,
    };

    public static IReadOnlyDictionary<string, SettingKeys.Kind> Application { get; } = new Dictionary<string, SettingKeys.Kind>(StringComparer.OrdinalIgnoreCase)
    {
        ["Environment"] = SettingKeys.Text,
        ["AllowOtherEnvironment"] = SettingKeys.Flag,
        ["AuditKey"] = SettingKeys.Text,
        ["PollInterval"] = SettingKeys.Duration,
        ["MaxConcurrentActs"] = SettingKeys.Whole,
    };
}
