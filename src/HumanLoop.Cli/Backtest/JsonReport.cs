using System.Text.Json;

namespace HumanLoop.Cli.Backtest;

/// <summary>The result as one JSON object.</summary>
internal static class JsonReport
{
    internal static void Write(TextWriter writer, Report report) =>
        writer.WriteLine(JsonSerializer.Serialize(report.Result, BacktestJsonContext.Default.BacktestResult));
}
