using System.Text;
using System.Text.Json;
using HumanLoop.Routing;

namespace HumanLoop.Adapting;

/// <summary>What <see cref="CertifiedCostThreshold"/> knows: both of its parts, whose epochs go together.</summary>
internal sealed class CertifiedCostState(RiskControlledState risk, ThresholdState cost) : ThresholdState
{
    private const int Version = 1;
    private const string Kind = "cost-optimal-certified";

    public RiskControlledState Risk => risk;

    public ThresholdState Cost => cost;

    public override ThresholdGoal Goal => risk.Goal;

    /// <summary>The stricter one; what an operator forced in spite of the promise is neither's.</summary>
    public override Threshold Threshold => risk.IsGuaranteeVoid || risk.Threshold >= cost.Threshold ? risk.Threshold : cost.Threshold;

    public override ReviewProbability AuditProbability => risk.AuditProbability;

    public override int Epoch => risk.Epoch;

    public override bool IsEarned => risk.IsEarned && !Threshold.IsReviewEverything;

    public override ThresholdEvidence Evidence => risk.EvidenceAt(Threshold);

    public override IReadOnlyList<string> WhyClosed() =>
        !Threshold.IsReviewEverything ? [] : risk.Threshold.IsReviewEverything ? risk.WhyClosed() : [ThresholdReasons.ReviewCostsLess];

    public override string Save()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("policy", Kind);
            writer.WriteNumber("version", Version);
            writer.WritePropertyName("risk");
            writer.WriteRawValue(risk.Save());
            writer.WritePropertyName("cost");
            writer.WriteRawValue(cost.Save());
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <exception cref="FormatException">It is no such state.</exception>
    public static CertifiedCostState Load(string json, RiskControlledThreshold risk, CostOptimalThreshold cost)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.GetProperty("policy").GetString() == Kind && root.GetProperty("version").GetInt32() == Version
                ? new((RiskControlledState)risk.Load(root.GetProperty("risk").GetRawText()), cost.Load(root.GetProperty("cost").GetRawText()))
                : throw new FormatException($"Expected the state of the policy {Kind} in version {Version}.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"Expected the state of the policy {Kind}: {e.Message}", e);
        }
    }

    /// <summary>The change of the threshold in force, whichever part led to it; a proposal of the earned part goes on as it is.</summary>
    public ThresholdChange? ChangeFrom(Threshold before, ThresholdChange? earned) =>
        earned is { IsProposal: true } || (earned is not null && earned.From == before && earned.To == Threshold) ? earned
        : before == Threshold ? null
        : new()
        {
            From = before,
            To = Threshold,
            Reason = earned?.Reason ?? ThresholdReasons.PolicyRule,
            Evidence = Evidence,
            Goal = Goal,
            Epoch = Epoch,
            Sequence = risk.LatestDecision,
            Actor = earned?.Actor,
            GuaranteeVoid = risk.IsGuaranteeVoid,
        };
}
