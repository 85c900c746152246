using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace HumanLoop.Settings;

/// <summary>Checks the keys of a section and how each value is written, so that a typing error is told by name instead of being ignored.</summary>
internal static class SettingKeys
{
    public static readonly Kind Text = new("text", _ => true);
    public static readonly Kind Number = new("a number such as 0.05", value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
    public static readonly Kind Whole = new("a whole number", value => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _));
    public static readonly Kind Flag = new("true or false", value => bool.TryParse(value, out _));
    public static readonly Kind Date = new("a date such as 2027-03-31", value => DateOnly.TryParse(value, CultureInfo.InvariantCulture, out _));

    // Only the constant format, for the lenient one reads 25:00:00 as 25 days; and with a colon, for 5 alone would be 5 days.
    public static readonly Kind Duration = new("a duration, written [days.]hours:minutes:seconds with hours below 24, such as 04:00:00 or 1.12:00:00", value => value.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(value, "c", CultureInfo.InvariantCulture, out _));

    public static readonly Kind Clock = new("a time of day such as 22:00", value => TimeOnly.TryParse(value, CultureInfo.InvariantCulture, out _));

    public static readonly Kind List = new("a list", _ => true, IsList: true);

    /// <summary>Reports each key below a section that is unknown or whose value is not written as it should be.</summary>
    public static void Check(IConfigurationSection section, IReadOnlyDictionary<string, Kind> known, Action<string, string> report, string path = "")
    {
        foreach (var child in section.GetChildren())
        {
            var key = path.Length == 0 ? child.Key : $"{path}:{child.Key}";
            if (known.TryGetValue(key, out var kind))
            {
                if (Problem(child, kind) is { } problem)
                {
                    report(key, problem);
                }
            }
            else if (known.Keys.Where(other => other.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase)).ToArray() is { Length: > 0 } inside)
            {
                if (child.Value is { Length: > 0 } scalar)
                {
                    report(key, $"is '{scalar}'; it is a section that holds {string.Join(", ", inside.Select(other => other[(key.Length + 1)..]))}.");
                }

                Check(child, known, report, key);
            }
            else
            {
                report(key, Unknown(key, known));
            }
        }
    }

    /// <summary>What to say of a key that there is not.</summary>
    public static string Unknown(string key, IReadOnlyDictionary<string, Kind> known) =>
        Nearest(key, known.Keys) is { } near ? $"is no setting of this version; did you mean {near}?" : "is no setting of this version.";

    /// <summary>What is wrong with how a known key is written; <see langword="null"/> when nothing is. The binder itself would pass over all of it in
    /// silence.</summary>
    public static string? Problem(IConfigurationSection setting, Kind kind)
    {
        if (kind.IsList)
        {
            return setting.Value is { Length: > 0 } single ? $"is '{single}'; it must be a list: [ \"{single}\" ]." : null;
        }

        return setting.GetChildren().Any() ? $"is a section; it must be {kind.Expected}."
            : setting.Value is { Length: > 0 } value && !kind.Reads(value) ? $"is '{value}'; it must be {kind.Expected}."
            : null;
    }

    public static Kind OneOf<TEnum>()
        where TEnum : struct, Enum =>
        new($"one of {string.Join(", ", Enum.GetNames<TEnum>())}", value => Enum.TryParse<TEnum>(value, ignoreCase: true, out var read) && Enum.IsDefined(read));

    private static string? Nearest(string key, IEnumerable<string> candidates)
    {
        // A key in the wrong section, or in none, is the likeliest mistake.
        var leaf = key[(key.LastIndexOf(':') + 1)..];
        if (candidates.FirstOrDefault(candidate => candidate.EndsWith(":" + leaf, StringComparison.OrdinalIgnoreCase)) is { } elsewhere)
        {
            return elsewhere;
        }

        string? nearest = null;
        var distance = Math.Max(2, key.Length / 3) + 1;
        foreach (var candidate in candidates.Concat(candidates.Where(c => c.Contains(':', StringComparison.Ordinal)).Select(c => c[..c.LastIndexOf(':')]).Distinct()))
        {
            var d = Distance(key, candidate);
            if (d < distance)
            {
                (nearest, distance) = (candidate, d);
            }
        }

        return nearest;
    }

    /// <summary>Levenshtein (1966): how many single letters must be changed, added or left out.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + change));
            }
        }

        return row[b.Length];
    }

    /// <summary>How a value is written.</summary>
    internal sealed record Kind(string Expected, Func<string, bool> Reads, bool IsList = false);
}
