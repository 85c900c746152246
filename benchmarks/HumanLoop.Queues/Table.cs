using System.Globalization;
using System.Text;

namespace HumanLoop.Queues;

/// <summary>The results as a table in Markdown.</summary>
internal static class Table
{
    public static string Of(IReadOnlyList<Case> cases, Results results)
    {
        var text = new StringBuilder("""
            | Case | rows/s | ÷ ref | ÷ floor | p50 ms | p99 ms | target | measured | |
            |---|---|---|---|---|---|---|---|---|

            """);
        foreach (var one in cases)
        {
            string[] row =
            [
                results.IsBusy(one.Name) ? $"{one.Name} (busy)" : one.Name,
                Number(results.Rate(one.Name), "#,0"),
                Number(results.OverReference(one.Name)),
                Number(one.Floor is { } floor ? results.Over(one.Name, floor) : null),
                Number(results.Percentile(one.Name, 0.5)),
                Number(results.Percentile(one.Name, 0.99)),
            ];
            foreach (var target in one.Targets.DefaultIfEmpty())
            {
                var measured = target?.Measure(results);
                string verdict = target is null ? "" : measured is not { } value ? "not run" : target.IsMet(value) ? "met" : "**missed**";
                text.Append("| ").AppendJoin(" | ", [.. row, target?.Text ?? "", Number(measured), verdict]).Append(" |\n");
                row = ["", "", "", "", "", ""];
            }
        }

        return text.ToString();
    }

    private static string Number(double? value, string? format = null) => value?.ToString(format ?? (value < 10 ? "0.00" : "0.0"), CultureInfo.InvariantCulture) ?? "";
}
