using HumanLoop.Reporting;

namespace HumanLoop.Reports;

/// <summary>A piece of a report, whatever it is written as.</summary>
internal abstract record ReportBlock
{
    internal sealed record Paragraph(string Text) : ReportBlock;

    /// <summary>The sentence of advice.</summary>
    internal sealed record Advice(AdviceVerdict Verdict, string Text) : ReportBlock;

    internal sealed record Table(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows) : ReportBlock;

    /// <param name="Svg">The chart, as markup.</param>
    /// <param name="Caption">What it shows.</param>
    internal sealed record Chart(string Svg, string Caption) : ReportBlock;
}
