using System.Globalization;

namespace HumanLoop.PostgreSql;

/// <summary>An item's place in the order of urgency: ascending is most urgent first.</summary>
internal readonly record struct ItemKey(long Rank, long Due, long Sequence) : IComparable<ItemKey>
{
    /// <summary>Before every item.</summary>
    public static ItemKey First { get; } = new(long.MinValue, long.MinValue, 0);

    public int CompareTo(ItemKey other) => (Rank, Due, Sequence).CompareTo((other.Rank, other.Due, other.Sequence));

    /// <summary>Merges pages of several lists, each as long as wanted, into one.</summary>
    public static void KeepFirst(List<ItemKey> keys, int wanted)
    {
        keys.Sort();
        if (keys.Count > wanted)
        {
            keys.RemoveRange(wanted, keys.Count - wanted);
        }
    }

    public static ItemKey Parse(string? cursor)
    {
        if (cursor is null)
        {
            return First;
        }

        var parts = cursor.Split('_');
        return parts.Length == 3 && Number(parts[0], out var rank) && Number(parts[1], out var due) && Number(parts[2], out var sequence)
            ? new(rank, due, sequence)
            : throw new ArgumentException($"'{cursor}' is no cursor of this store; hand back what WorkPage.Next said.", nameof(cursor));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rank}_{Due}_{Sequence}");

    private static bool Number(string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
