using System.Text.Json;

namespace HumanLoop.Reporting;

/// <summary>A scorecard as JSON, the same from the command line and from the web.</summary>
internal static class ScorecardJson
{
    public static string Write(Scorecard card) => JsonSerializer.Serialize(card, ReportingJsonContext.Default.Scorecard);
}
