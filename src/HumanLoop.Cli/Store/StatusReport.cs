namespace HumanLoop.Cli.Store;

/// <summary>What <c>humanloop status</c> tells.</summary>
internal sealed record StatusReport(IReadOnlyList<StatusReport.WorkflowStatus> Workflows)
{
    internal sealed record WorkflowStatus(string Workflow, string Policy, bool Paused, long AwaitingVerdict, long Overdue, long DeadLetters, IReadOnlyList<ThresholdStatus> Thresholds, IReadOnlyList<HealthStatus>? Health);

    internal sealed record ThresholdStatus(
        string? Segment,
        string? Model,
        double? Threshold,
        bool Earned,
        bool GuaranteeVoid,
        IReadOnlyList<string> WhyClosed,
        long Outcomes,
        long Errors,
        long Overdue,
        double ErrorRateBound,
        double MaxErrorRate,
        double Risk,
        double AuditProbability,
        int Epoch,
        DateTimeOffset Since,
        int Waiting,
        string? Proposal,
        ForecastStatus? Forecast,
        RankingStatus? Ranking,
        string Says);

    /// <summary>What a model's confidence is worth, from all that people looked at.</summary>
    internal sealed record HealthStatus(string? Model, long Outcomes, IReadOnlyList<string> Problems, RankingStatus? Ranking, double CalibrationError, double Overconfidence, IReadOnlyList<Assessing.ReliabilityBin> Reliability, string Says);

    /// <summary>How well the confidence tells right from wrong: 0.5 is a coin, with a 95 % interval.</summary>
    internal sealed record RankingStatus(double Auroc, double Low, double High);

    internal sealed record ForecastStatus(long Decisions, int? P10, int? P50, int? P90);
}
