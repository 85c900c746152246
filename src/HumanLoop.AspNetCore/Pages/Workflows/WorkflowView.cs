using HumanLoop.Reporting;
using HumanLoop.Reports;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>The owner's page of one workflow.</summary>
internal sealed record WorkflowView(Scorecard Card, bool IsPaused, bool MayGovern, string? Notice)
{
    public IReadOnlyList<ReportSection> Sections { get; } = ScorecardReport.Of(Card);

    /// <summary>The thresholds whose looser successors wait for the owner.</summary>
    public IEnumerable<ScorecardThreshold> Proposals => Card.Thresholds.Where(threshold => threshold.ProposalId is not null);

    /// <summary>An address of this page's own.</summary>
    public string AddressOf(string what) => $"workflows/{Card.Workflow}/{what}";
}
