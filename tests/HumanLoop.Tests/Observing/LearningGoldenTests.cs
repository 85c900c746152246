using System.Text.Json;
using HumanLoop.Adapting;
using HumanLoop.Journaling;

namespace HumanLoop.Tests.Observing;

/// <summary>What learning stores stays readable for ever: these files are never changed, only added to.</summary>
public sealed class LearningGoldenTests
{
    private static readonly ThresholdSettings Settings = new()
    {
        Policy = "risk-controlled",
        Value = 0.9,
        Streak = 60,
        Window = 500,
        CostOfError = 20,
        CostOfReview = 1.5,
        Per = ThresholdPer.Segment,
        Segments = ["small", "large"],
        OnNewModel = OnNewModel.KeepAndCheckAll,
        Goal = new() { MaxErrorRate = 0.02, Risk = 0.1, AuditBudget = 0.03, LearningAudits = 0, Start = new(0.95), NeverBelow = 0.6, Loosening = Loosening.OwnerApproves },
    };

    private static readonly LearningDocument List = new()
    {
        Position = 4711,
        Settings = Settings,
        Founders = ["small"],
        Split = ["large"],
        LastNumber = 3,
        Groups = [new(1, IsOwn: false, null, "m-1", 0, TakesStart: true, Threshold.ReviewEverything), new(3, IsOwn: true, "large", null, 812, TakesStart: false, new(0.83))],
    };

    private static readonly ThresholdsDocument Thresholds = new()
    {
        Policy = "fixed",
        Value = 0.9,
        PerSegment = true,
        Founders = ["small"],
        Split = ["large"],
        Lines = [new(IsOwn: true, "large", "m-1", new(0.83), 4, 2, "declared_by_owner"), new(IsOwn: false, null, null, Threshold.ReviewEverything, 0, 1, null)],
        NewModel = new(IsOwn: false, null, null, new(0.95), 0, 1, "kept_from_other_model"),
        NewModelOfSegment = [new(IsOwn: true, "large", null, new(0.83), 0, 1, "kept_from_other_model")],
    };

    [Fact]
    public void The_list_of_evidence_is_read_and_written_as_version_1() => GoldenFile.Check("learning__v1.json", List, AdaptingJsonContext.Default.LearningDocument);

    [Fact]
    public void The_published_thresholds_are_read_and_written_as_version_1() => GoldenFile.Check("thresholds__v1.json", Thresholds, AdaptingJsonContext.Default.ThresholdsDocument);

    [Fact]
    public void The_settings_are_read_and_written_as_version_1()
    {
        GoldenFile.Check("threshold-settings__v1.json", Settings, AdaptingJsonContext.Default.ThresholdSettings);
        Assert.Equal(Settings, JsonSerializer.Deserialize(File.ReadAllText(GoldenFile.PathOf("threshold-settings__v1.json")), AdaptingJsonContext.Default.ThresholdSettings));
    }

    [Fact]
    public void A_body_of_evidence_is_read_and_written_as_version_1()
    {
        var text = File.ReadAllText(GoldenFile.PathOf("evidence__v1.json")).TrimEnd();
        var group = EvidenceGroup.Load(List.Groups[0], new RiskControlledThreshold(), StoredEvidence.Of(List.Groups[0], new(text, 7)));

        Assert.Equal(text, group.Save());
        Assert.Equal((7L, "1-4", 5, 83L, 11), (group.StoredVersion, group.ProposalId, group.Epoch, group.EpochSince, group.Waiting));
    }

    [Fact]
    public void What_a_newer_version_wrote_is_refused()
    {
        var newer = File.ReadAllText(GoldenFile.PathOf("evidence__v1.json")).Replace("\"version\":1,\"lastPosition\"", "\"version\":2,\"lastPosition\"", StringComparison.Ordinal);
        Assert.Contains("newer version", Assert.Throws<FormatException>(() => StoredEvidence.Of(List.Groups[0], new(newer, 1))).Message, StringComparison.Ordinal);
    }
}
