using System.Text.Json;
using HumanLoop.Journaling;
using HumanLoop.Reporting;

namespace HumanLoop.Tests.Reporting;

/// <summary>What counting stores stays readable for ever: these files are never changed, only added to.</summary>
public sealed class TallyGoldenTests
{
    private static readonly Charter FullCharter = new()
    {
        Owner = "ops-lead@example.com",
        Mode = WorkflowMode.Shadow,
        Segments = ["small", "large"],
        MetricName = "refunds without a human",
        Measure = MetricMeasure.HandlingMinutes,
        AtMost = 1.5,
        Baseline = 4,
        By = new(2027, 3, 31),
        GuardName = "complaints per 1,000",
        GuardAtLeast = 0,
        GuardAtMost = 3,
        HasHandler = true,
    };

    [Fact]
    public void A_tally_is_read_and_written_as_version_1()
    {
        var text = File.ReadAllText(GoldenFile.PathOf("tally__v1.json")).TrimEnd();
        Assert.Equal(text, Tally.Load(JournalScript.Workflow, new StateDocument(text, 3)).Save());
        Assert.Equal(text, Script().Fold().Save());
    }

    [Fact]
    public void A_charter_is_read_and_written_as_version_1()
    {
        var text = File.ReadAllText(GoldenFile.PathOf("charter__v1.json")).TrimEnd();
        Assert.Equal(text, CharterStore.Write(FullCharter));
        Assert.Equal(text, CharterStore.Write(JsonSerializer.Deserialize(text, ReportingJsonContext.Default.CharterDocument)!.Charter));
    }

    [Fact]
    public void What_a_newer_version_wrote_is_refused()
    {
        var newer = Script().Fold().Save().Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal);
        Assert.Contains("newer version", Assert.Throws<FormatException>(() => Tally.Load(JournalScript.Workflow, new StateDocument(newer, 1))).Message, StringComparison.Ordinal);
    }

    /// <summary>A journal in which everything that is stored happens.</summary>
    internal static JournalScript Script()
    {
        var script = new JournalScript();
        script.Add("", new ThresholdSettingsChanged { Settings = new() { Policy = "risk-controlled", Goal = new() { MaxErrorRate = 0.05 } } });
        script.Route("a", segment: "small", model: "m-1").After(60).Claim("a", "ann").After(12).Judge("a", "ann", kind: VerdictKind.Corrected, wasRight: false);
        script.After(500 * 86_400.0).Route("b", 0.97, RouteKind.Audit, 5, "large", "m-2", reason: "audit_draw").Claim("b", "bob").After(1).Judge("b", "bob");
        script.Route("c", 0.99, RouteKind.StraightThrough, 5, "large", "m-2", reason: "at_or_above_threshold");
        script.Route("d", null, eligible: false, reason: "confidence_missing").Add("d", new ReviewOverdue()).Add("d", new ReviewerAbstained() with { Actor = "ann" });
        script.Add("", new MetricRecorded { Name = "minutes", Value = 1.25, ObservedAt = script.Now }).Add("", new MetricRecorded { Name = "complaints", IsGuard = true, Value = 2, ObservedAt = script.Now });
        script.Add("", new WorkflowPaused { Reason = "trial" } with { Actor = "owner" }).Add("", new WorkflowResumed() with { Actor = "owner" });
        script.Add("", new ThresholdChanged
        {
            ChangeId = "1-1",
            Segment = "small",
            Model = "m-1",
            Change = new()
            {
                From = Threshold.ReviewEverything,
                To = new(0.83),
                Reason = ThresholdReasons.Forced,
                Evidence = new(new(0.83), 160, 2, 1, 3.125, 0.045),
                Goal = new() { MaxErrorRate = 0.05 },
                Epoch = 2,
                Sequence = 731,
                IsProposal = true,
                GuaranteeVoid = true,
                Actor = "owner",
            },
        });
        return script;
    }
}
