using System.Globalization;

namespace HumanLoop.Evaluation;

/// <summary>A Markdown table on the console.</summary>
internal static class Table
{
    public static void Begin(string title, params string[] columns)
    {
        Console.WriteLine($"\n### {title}\n\n| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(_ => "---|"))}");
    }

    public static void Row(params object?[] cells) => Console.WriteLine($"| {string.Join(" | ", cells.Select(Text))} |");

    private static string Text(object? cell) => cell switch
    {
        null => "–",
        double number => number.ToString(Math.Abs(number) >= 20 ? "0" : "0.000", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };
}
