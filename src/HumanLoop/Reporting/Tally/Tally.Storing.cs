using System.Text.Json;
using HumanLoop.Journaling;

namespace HumanLoop.Reporting;

internal sealed partial class Tally
{
    /// <summary>Continues what was stored.</summary>
    /// <exception cref="FormatException">It is of a newer version of the library.</exception>
    /// <exception cref="JsonException">It is no tally.</exception>
    public static Tally Load(string workflow, StateDocument stored)
    {
        if (JsonSerializer.Deserialize(stored.Value, ReportingJsonContext.Default.TallyDocument) is not { Version: 1 } document)
        {
            throw new FormatException($"'{TallyDocument.Name}' is of a newer version. Upgrade the library.");
        }

        var tally = new Tally(workflow)
        {
            Position = document.Position,
            StoredVersion = stored.Version,
            FirstAt = document.FirstAt,
            LastAt = document.LastAt,
            Total = new(document.Total),
            Handling = new(document.Handling),
            Waiting = new(document.Waiting),
        };
        Fill(tally._days, document.Days);
        Fill(tally._months, document.Months);
        Fill(tally._segments, document.Segments);
        tally._newestDay = tally._days.Keys.DefaultIfEmpty().Max();
        foreach (var (reason, count) in document.Reasons)
        {
            tally._reasons[reason] = count;
        }

        foreach (var (name, reviewer) in document.Reviewers)
        {
            tally._reviewers[name] = ReviewerTally.Of(reviewer);
        }

        tally._models.AddRange(document.Models.Select(model => new ConfidenceTally(model)));
        tally._metric.AddRange(document.Metric);
        tally._guard.AddRange(document.Guard);
        tally._changes.AddRange(document.Changes);
        return tally;
    }

    public string Save() => JsonSerializer.Serialize(
        new TallyDocument
        {
            Position = Position,
            FirstAt = FirstAt,
            LastAt = LastAt,
            Total = Total.ToArray(),
            Days = Arrays(_days),
            Months = Arrays(_months),
            Segments = Sorted(_segments, counts => counts.ToArray()),
            Reasons = Sorted(_reasons, count => count),
            Models = [.. _models.Select(model => model.ToDocument())],
            Reviewers = Sorted(_reviewers, reviewer => reviewer.ToDocument()),
            Handling = Handling.ToArray(),
            Waiting = Waiting.ToArray(),
            Metric = _metric,
            Guard = _guard,
            Changes = _changes,
        },
        ReportingJsonContext.Default.TallyDocument);

    /// <summary>What one commit has to write.</summary>
    public StateWrite ToCommit() => new(Workflow, TallyDocument.Name, Save(), StoredVersion);

    /// <summary>What <see cref="ToCommit"/> gave is committed.</summary>
    public void Committed()
    {
        StoredVersion++;
        IsDirty = false;
    }

    private static void Fill<TKey>(Dictionary<TKey, TallyCounts> into, SortedDictionary<TKey, long[]> stored)
        where TKey : notnull
    {
        foreach (var (key, counts) in stored)
        {
            into[key] = new(counts);
        }
    }

    private static SortedDictionary<int, long[]> Arrays(Dictionary<int, TallyCounts> from) => new(from.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));

    private static SortedDictionary<string, TValue> Sorted<T, TValue>(Dictionary<string, T> from, Func<T, TValue> value) =>
        new(from.ToDictionary(pair => pair.Key, pair => value(pair.Value), StringComparer.Ordinal), StringComparer.Ordinal);
}
