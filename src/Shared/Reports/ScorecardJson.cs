using System.Text.Json;
using HumanLoop.Reporting;

namespace HumanLoop.Reports;

/// <summary>A scorecard as JSON, the same from the command line and from the web.</summary>
internal static class ScorecardJson
{
    public static string Write(Scorecard card) => JsonSerializer.Serialize(card, ReportJsonContext.Default.Scorecard);
}
