using System.Globalization;

namespace HumanLoop.Queueing;

/// <summary>Where an item stands in the order in which a queue offers and lists its work: higher priority first, then the earlier due time, then the earlier
/// decision.</summary>
/// <remarks>Three integers that ascend from the most urgent item on: a store keeps them in columns, sorts by them and continues a page after one.
/// <see cref="ToString"/> is the cursor of a page, <see cref="Parse"/> reads it.</remarks>
/// <example>
/// <code>
/// var after = QueuePosition.Parse(request.Cursor);
/// var items = await ReadAsync("SELECT … WHERE (rank, due, sequence) > (@rank, @due, @sequence) ORDER BY rank, due, sequence LIMIT @limit", after,
/// request.Limit + 1);
/// return items.Count &lt;= request.Limit ? new(items, null) : new(items[..request.Limit], QueuePosition.Of(items[request.Limit - 1]).ToString());
/// </code>
/// </example>
public readonly record struct QueuePosition : IComparable<QueuePosition>
{
    /// <summary>Makes a position from what a store has in its columns.</summary>
    /// <param name="rank">The rank.</param>
    /// <param name="due">The due time.</param>
    /// <param name="sequence">The sequence.</param>
    public QueuePosition(long rank, long due, long sequence) => (Rank, Due, Sequence) = (rank, due, sequence);

    /// <summary>The position before every item.</summary>
    public static QueuePosition First { get; } = new(long.MinValue, long.MinValue, 0);

    /// <summary>Minus the priority.</summary>
    public long Rank { get; }

    /// <summary>The due time in 100 ns since 1970, UTC; <see cref="long.MaxValue"/> for an item without one.</summary>
    public long Due { get; }

    /// <summary>The item's <see cref="WorkItem.Sequence"/>.</summary>
    public long Sequence { get; }

    /// <summary>Whether one position is before another.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(QueuePosition left, QueuePosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether one position is after another.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(QueuePosition left, QueuePosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether one position is not after another.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(QueuePosition left, QueuePosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one position is not before another.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(QueuePosition left, QueuePosition right) => left.CompareTo(right) >= 0;

    /// <summary>The position of an item.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The position.</returns>
    public static QueuePosition Of(WorkItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new(-(long)item.Priority, item.Due is { } due ? due.UtcTicks - DateTimeOffset.UnixEpoch.Ticks : long.MaxValue, item.Sequence);
    }

    /// <summary>Reads a cursor.</summary>
    /// <param name="cursor">What <see cref="ToString"/> wrote; <see langword="null"/> for <see cref="First"/>.</param>
    /// <returns>The position after which the page begins.</returns>
    /// <exception cref="ArgumentException">It is not a cursor of this form.</exception>
    public static QueuePosition Parse(string? cursor)
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

    /// <inheritdoc/>
    public int CompareTo(QueuePosition other)
    {
        var order = Rank.CompareTo(other.Rank);
        order = order != 0 ? order : Due.CompareTo(other.Due);
        return order != 0 ? order : Sequence.CompareTo(other.Sequence);
    }

    /// <summary>Writes the position as a cursor (<see cref="WorkPage.Next"/>).</summary>
    /// <returns>The cursor.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rank}_{Due}_{Sequence}");

    private static bool Number(string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
