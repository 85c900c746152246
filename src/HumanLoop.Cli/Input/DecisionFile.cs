using System.Globalization;
using System.Text;
using HumanLoop.Csv;

namespace HumanLoop.Cli.Input;

/// <summary>A file of decisions whose truth is known.</summary>
internal sealed class DecisionFile
{
    /// <summary>The columns that mean something; others are ignored.</summary>
    internal static readonly string[] Known = ["id", "segment", "confidence", "correct", "predicted", "truth"];

    private DecisionFile(string name, DecisionRow[] rows, string[] segments, bool hasSegments) =>
        (Name, Rows, Segments, HasSegments) = (name, rows, segments, hasSegments);

    internal string Name { get; }

    /// <summary>The decisions, in the file's order.</summary>
    internal DecisionRow[] Rows { get; }

    /// <summary>The names of the segments, in the order in which they first occur.</summary>
    internal string[] Segments { get; }

    internal bool HasSegments { get; }

    internal int WithoutConfidence => Rows.Count(row => !row.Confidence.IsUsable);

    /// <summary>Decisions that come from no file.</summary>
    internal static DecisionFile Of(string name, IEnumerable<DecisionRow> rows) => new(name, [.. rows], [""], hasSegments: false);

    /// <summary>Reads which column of a file stands for which known one.</summary>
    internal static Dictionary<string, string> Renames(string? columns)
    {
        var renames = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (columns ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var sides = pair.Split('=', 2, StringSplitOptions.TrimEntries);
            Require(sides.Length == 2 && Known.Contains(sides[0]) && sides[1].Length > 0, $"--columns {pair}", $"NAME=COLUMN with NAME one of {string.Join(", ", Known)}");
            Require(renames.TryAdd(sides[0], sides[1]), $"--columns {pair}", $"{sides[0]} once");
        }

        return renames;
    }

    /// <summary>Opens and reads a file.</summary>
    /// <param name="path">The path; also how messages call it.</param>
    /// <param name="renames">Which column of the file stands for which known one.</param>
    /// <exception cref="InputException">The file is missing or something in it is not as expected.</exception>
    internal static DecisionFile Open(string path, IReadOnlyDictionary<string, string> renames)
    {
        try
        {
            using var reader = new StreamReader(path, Encoding.UTF8);
            return Read(reader, path, renames);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: expected a readable file. {e.Message}", e);
        }
    }

    internal static DecisionFile Read(TextReader text, string name, IReadOnlyDictionary<string, string> renames)
    {
        using var csv = new CsvReader(text, fault => Refusal(fault, name));
        if (!csv.Read())
        {
            throw new InputException(name, 1, "1", "a header row with the columns confidence and either correct or predicted and truth, but the file is empty");
        }

        string[] header = [.. csv.Fields.Select(field => field.Trim())];
        int Find(string column)
        {
            var wanted = renames.GetValueOrDefault(column, column);
            var index = Array.IndexOf(header, wanted);
            if (index != Array.LastIndexOf(header, wanted))
            {
                throw new InputException(name, 1, wanted, $"this column once; found {string.Join(", ", header)}");
            }

            return index >= 0 || !renames.ContainsKey(column)
                ? index
                : throw new InputException(name, 1, wanted, $"this column, which --columns wants for {column}; found {string.Join(", ", header)}");
        }

        int[] at = [.. Known.Select(Find)];
        var (segment, confidence, correct, predicted, truth) = (at[1], at[2], at[3], at[4], at[5]);
        // Naming predicted or truth says that they decide, even where a column correct exists.
        if ((renames.ContainsKey("predicted") || renames.ContainsKey("truth")) && !renames.ContainsKey("correct"))
        {
            correct = -1;
        }

        if (confidence < 0)
        {
            throw new InputException(name, 1, "confidence", $"this column, or --columns confidence=NAME; found {string.Join(", ", header)}");
        }

        if (correct < 0 && (predicted < 0 || truth < 0))
        {
            throw new InputException(name, 1, "correct", $"this column, or predicted and truth; found {string.Join(", ", header)}");
        }

        int[] texts = correct < 0 ? [segment, predicted, truth] : [segment];

        var rows = new List<DecisionRow>();
        var segments = new Dictionary<string, int>(StringComparer.Ordinal);
        while (csv.Read())
        {
            if (csv.Fields.Count != header.Length)
            {
                throw new InputException(name, csv.Line, Math.Min(csv.Fields.Count, header.Length).ToString(CultureInfo.InvariantCulture), $"{header.Length} fields as in the header, but found {csv.Fields.Count}");
            }

            RequireText(csv, texts, header, name);
            var key = segment < 0 ? "" : csv.Fields[segment];
            if (!segments.TryGetValue(key, out var number))
            {
                segments.Add(key, number = segments.Count);
            }

            var wrong = correct >= 0 ? !ParseCorrect(csv, correct, header[correct], name) : !string.Equals(csv.Fields[predicted], csv.Fields[truth], StringComparison.Ordinal);
            rows.Add(new(ParseConfidence(csv, confidence, header[confidence], name), wrong, number));
        }

        return rows.Count > 0
            ? new(name, [.. rows], [.. segments.Keys], segment >= 0)
            : throw new InputException(name, 2, "1", "at least one decision after the header");
    }

    private static InputException Refusal(CsvFault fault, string name) => new(name, fault.Line, fault.Field.ToString(CultureInfo.InvariantCulture), fault.Kind switch
    {
        CsvFaultKind.QuoteInside => "quotes around the whole field, doubled inside it, but found a quote in the middle",
        CsvFaultKind.GoesOn => $"a comma or the end of the line after the closing quote, but found '{fault.Found}'",
        CsvFaultKind.NeverClosed => "a closing quote, but the file ended",
        CsvFaultKind.CarriageReturn => "LF or CR LF at the end of the line, but found a carriage return alone",
        CsvFaultKind.TooLong => string.Create(CultureInfo.InvariantCulture, $"a record of less than {CsvFault.LongestRecord:N0} characters; most often a quote is one too many or missing"),
        _ => "text",
    });

    // What cannot be decoded becomes U+FFFD, and labels that differ only there would pass for the same.
    private static void RequireText(CsvReader csv, int[] columns, string[] header, string name)
    {
        foreach (var column in columns)
        {
            if (column >= 0 && csv.Fields[column].Contains('\uFFFD', StringComparison.Ordinal))
            {
                throw new InputException(name, csv.Line, header[column], $"text in UTF-8, but found '{csv.Fields[column]}'");
            }
        }
    }

    private static Confidence ParseConfidence(CsvReader csv, int column, string heading, string name)
    {
        var text = csv.Fields[column].AsSpan().Trim();
        if (text.IsEmpty)
        {
            return Confidence.Unusable;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
            ? new(value)
            : throw new InputException(name, csv.Line, heading, $"a number from 0 to 1, or nothing where nobody scored the decision, but found '{text}'");
    }

    private static bool ParseCorrect(CsvReader csv, int column, string heading, string name)
    {
        var text = csv.Fields[column].Trim();
        return text switch
        {
            "1" => true,
            "0" => false,
            _ when text.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
            _ when text.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
            _ => throw new InputException(name, csv.Line, heading, $"0, 1, true or false, but found '{text}'"),
        };
    }

    private static void Require(bool holds, string option, string expected)
    {
        if (!holds)
        {
            throw new InputException($"{option}: expected {expected}.");
        }
    }
}
