namespace HumanLoop.Reports;

/// <summary>A part of a report.</summary>
/// <param name="Id">A stable name, for links.</param>
/// <param name="Title">The heading.</param>
/// <param name="Blocks">What it says.</param>
internal sealed record ReportSection(string Id, string Title, IReadOnlyList<ReportBlock> Blocks);
