namespace HumanLoop.AspNetCore.Api;

/// <summary>What is known of the decisions at or above a threshold.</summary>
internal sealed record EvidenceJson(double? Threshold, long Outcomes, long Errors, long Overdue, double? LogEValue, double ErrorRateBound)
{
    public static EvidenceJson Of(ThresholdEvidence evidence) => new(
        LiveThresholdJson.Number(evidence.Threshold),
        evidence.Outcomes,
        evidence.Errors,
        evidence.Overdue,
        double.IsFinite(evidence.LogEValue) ? evidence.LogEValue : null,
        evidence.ErrorRateBound);
}
