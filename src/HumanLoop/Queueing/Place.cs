namespace HumanLoop.Queueing;

/// <summary>Where an item stands in an ordered set: by urgency, or by the moment at which something falls due.</summary>
internal readonly struct Place(long rank, long moment, long sequence, WorkItem? item = null) : IComparable<Place>
{
    public static Place Last => new(long.MaxValue, long.MaxValue, long.MaxValue);

    public long Rank { get; } = rank;

    public long Moment { get; } = moment;

    public long Sequence { get; } = sequence;

    /// <summary>The item; <see langword="null"/> in a bound to search by.</summary>
    public WorkItem? Item { get; } = item;

    /// <summary>Higher priority first, then the earlier due time, then the earlier decision.</summary>
    public static Place ByUrgency(WorkItem item) =>
        new(-(long)item.Priority, item.Due?.UtcTicks ?? long.MaxValue, item.Sequence, item);

    public static Place At(DateTimeOffset moment, WorkItem item) => new(0, moment.UtcTicks, item.Sequence, item);

    public int CompareTo(Place other)
    {
        var order = Rank.CompareTo(other.Rank);
        order = order != 0 ? order : Moment.CompareTo(other.Moment);
        return order != 0 ? order : Sequence.CompareTo(other.Sequence);
    }
}
