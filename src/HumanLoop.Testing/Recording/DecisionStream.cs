using System.Globalization;
using System.Text;
using HumanLoop.Csv;

namespace HumanLoop.Testing;

/// <summary>Decisions with known truth, to route in tests: recorded ones from files, and seeded ones of a known quality.</summary>
public static class DecisionStream
{
    private static readonly string[] Required = ["predicted", "confidence", "truth"];
    private static readonly string[] Optional = ["id", "segment", "text"];

    /// <summary>Reads a CSV file (UTF-8, header row) and checks all of it before it returns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">
    /// What the file calls its columns, by our names <c>id</c>, <c>segment</c>, <c>text</c>, <c>predicted</c>, <c>confidence</c> and <c>truth</c>;
    /// the default is the same names. The first three may be missing (the id is then the row's number), further columns are passed over.
    /// An empty confidence is a decision that nobody scored.
    /// </param>
    /// <returns>The decisions in the order of the file.</returns>
    /// <exception cref="DecisionStreamException">A row or the header is not as expected; the message names file, line and column.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<RecordedDecision> ReadFile(string path, IReadOnlyDictionary<string, string>? columns = null)
    {
        using var reader = new StreamReader(path, new UTF8Encoding(true, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        return Read(reader, path, columns);
    }

    /// <summary>Reads CSV text (header row) and checks all of it before it returns.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="columns">As for <see cref="ReadFile"/>.</param>
    /// <returns>The decisions in the order of the text.</returns>
    /// <exception cref="DecisionStreamException">A row or the header is not as expected.</exception>
    public static IReadOnlyList<RecordedDecision> Read(TextReader reader, string name, IReadOnlyDictionary<string, string>? columns = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        using var csv = new CsvReader(reader, fault => Refusal(fault, name));
        if (!csv.Read())
        {
            throw new DecisionStreamException(name, 1, null, "the file is empty; a header row was expected.");
        }

        var width = csv.Fields.Count;
        var places = Places(csv.Fields, name, columns);
        var decisions = new List<RecordedDecision>();
        var lines = new Dictionary<DecisionId, int>();
        while (csv.Read())
        {
            var row = new Row(name, csv.Line, csv.Fields, places);
            if (csv.Fields.Count != width)
            {
                throw new DecisionStreamException(name, row.Line, null, $"{csv.Fields.Count} fields; the header has {width}.");
            }

            var decision = row.Decision(decisions.Count + 1);
            if (!lines.TryAdd(decision.Id, row.Line))
            {
                throw row.Fault("id", $"'{decision.Id}' is the id of line {lines[decision.Id]} already; ids are unique.");
            }

            decisions.Add(decision);
        }

        return decisions;
    }

    /// <summary>Decisions whose confidence means what it says: of those at 0.9, nine in ten are right.</summary>
    /// <param name="seed">The same seed gives the same decisions.</param>
    /// <param name="count">How many.</param>
    /// <returns>The decisions; about half of them are at least 0.8 sure.</returns>
    public static IReadOnlyList<RecordedDecision> Calibrated(int seed, int count) => Generate(seed, count, (_, confidence) => confidence);

    /// <summary>Decisions whose confidence promises too much: of those at 0.9, about seven in ten are right. It still ranks them.</summary>
    /// <param name="seed">The same seed gives the same decisions.</param>
    /// <param name="count">How many.</param>
    /// <returns>The decisions.</returns>
    public static IReadOnlyList<RecordedDecision> Overconfident(int seed, int count) => Generate(seed, count, (_, confidence) => Math.Pow(confidence, 3.4));

    /// <summary>Decisions whose confidence says nothing: at every confidence seven in ten are right.</summary>
    /// <param name="seed">The same seed gives the same decisions.</param>
    /// <param name="count">How many.</param>
    /// <returns>The decisions.</returns>
    public static IReadOnlyList<RecordedDecision> Uninformative(int seed, int count) => Generate(seed, count, (_, _) => 0.7);

    /// <summary>Decisions of any quality, for drift and other trouble.</summary>
    /// <param name="seed">The same seed gives the same decisions.</param>
    /// <param name="count">How many.</param>
    /// <param name="chanceOfRight">Given a decision's place in the stream, from 0, and its confidence: the chance that it is right.</param>
    /// <returns>The decisions, in three segments.</returns>
    public static IReadOnlyList<RecordedDecision> Generate(int seed, int count, Func<int, double, double> chanceOfRight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(chanceOfRight);
        const int Labels = 12;
        var random = new Random(seed);
        var decisions = new RecordedDecision[count];
        for (var i = 0; i < count; i++)
        {
            // More sure than unsure, as models are: the density grows towards 1.
            var confidence = Math.Round(1 - (0.8 * Math.Pow(random.NextDouble(), 2)), 6);
            var truth = random.Next(Labels);
            var predicted = random.NextDouble() < chanceOfRight(i, confidence) ? truth : (truth + random.Next(1, Labels)) % Labels;
            decisions[i] = new()
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{seed}-{i + 1}"),
                Segment = $"segment-{(char)('a' + (predicted % 3))}",
                Predicted = string.Create(CultureInfo.InvariantCulture, $"label-{predicted}"),
                Confidence = confidence,
                Truth = string.Create(CultureInfo.InvariantCulture, $"label-{truth}"),
            };
        }

        return decisions;
    }

    private static DecisionStreamException Refusal(CsvFault fault, string file) => fault.Kind switch
    {
        CsvFaultKind.QuoteInside => new(file, fault.Record, null, $"field {fault.Field} has a quote in its middle; a field with quotes is quoted as a whole, and its own quotes are doubled."),
        CsvFaultKind.GoesOn => new(file, fault.Record, null, $"field {fault.Field} goes on after its closing quote; a comma or the end of the line was expected."),
        CsvFaultKind.NeverClosed => new(file, fault.Record, null, $"the quote that opens field {fault.Field} is never closed."),
        CsvFaultKind.CarriageReturn => new(file, fault.Record, null, "a carriage return stands alone; lines end in LF or CR LF."),
        CsvFaultKind.TooLong => new(file, fault.Record, null, string.Create(CultureInfo.InvariantCulture, $"the row has {CsvFault.LongestRecord:N0} characters or more; most often a quote is one too many or missing."), fault.Cause),
        _ => new(file, fault.Line, null, "the text is not UTF-8.", fault.Cause),
    };

    /// <summary>Where each of our columns stands in the file, and what the file calls it.</summary>
    private static Dictionary<string, (int Index, string Name)> Places(IReadOnlyList<string> header, string file, IReadOnlyDictionary<string, string>? columns)
    {
        foreach (var ours in columns?.Keys ?? [])
        {
            if (!Required.Contains(ours) && !Optional.Contains(ours))
            {
                throw new ArgumentException($"'{ours}' is no column of a decision stream; rename one of {string.Join(", ", Optional.Concat(Required))}.", nameof(columns));
            }
        }

        var places = new Dictionary<string, (int, string)>();
        foreach (var ours in Optional.Concat(Required))
        {
            var renamed = columns?.GetValueOrDefault(ours);
            var theirs = renamed ?? ours;
            var found = Enumerable.Range(0, header.Count).Where(i => header[i] == theirs).ToList();
            if (found.Count > 1)
            {
                throw new DecisionStreamException(file, 1, theirs, "the header has this column more than once.");
            }

            if (found.Count == 1)
            {
                places[ours] = (found[0], theirs);
            }
            else if (renamed is not null || Required.Contains(ours))
            {
                throw new DecisionStreamException(file, 1, theirs, $"the header has no such column; it has {string.Join(", ", header)}.");
            }
        }

        return places;
    }

    private readonly struct Row(string file, int line, IReadOnlyList<string> fields, Dictionary<string, (int Index, string Name)> places)
    {
        public int Line => line;

        public RecordedDecision Decision(int number) => new()
        {
            Id = Id(number),
            Segment = Text("segment"),
            Text = Text("text"),
            Predicted = Answer("predicted"),
            Confidence = Confidence(),
            Truth = Answer("truth"),
        };

        public DecisionStreamException Fault(string ours, string problem, Exception? innerException = null) =>
            new(file, line, places.TryGetValue(ours, out var place) ? place.Name : ours, problem, innerException);

        private string? Text(string ours) => places.TryGetValue(ours, out var place) && fields[place.Index] is { Length: > 0 } text ? text : null;

        private string Answer(string ours) => Text(ours) ?? throw Fault(ours, "empty; an answer was expected.");

        private DecisionId Id(int number)
        {
            if (!places.ContainsKey("id"))
            {
                return number.ToString(CultureInfo.InvariantCulture);
            }

            try
            {
                return new(Text("id") ?? "");
            }
            catch (ArgumentException unusable)
            {
                throw Fault("id", $"'{Text("id")}' is no id; 1 to {DecisionId.MaxLength} characters without control characters were expected.", unusable);
            }
        }

        private Confidence? Confidence() => Text("confidence") is not { } text ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && new Confidence(value) is { IsUsable: true } confidence ? confidence
            : throw Fault("confidence", $"'{text}' is no number from 0 to 1; a number such as 0.93 was expected, or nothing where nobody scored the decision.");
    }
}
