namespace HumanLoop.Reporting;

internal sealed partial class Tally
{
    private Buckets BucketsOf(int day, string? segment)
    {
        var name = segment ?? "";
        if (!_segments.TryGetValue(name, out var counts))
        {
            name = _segments.Count < MostSegments ? name : Others;
            counts = _segments.TryGetValue(name, out var others) ? others : _segments[name] = new();
        }

        return BucketsOf(day) with { Segment = counts };
    }

    private Buckets BucketsOf(int day)
    {
        if (day > _newestDay)
        {
            _newestDay = day;
            foreach (var old in _days.Keys.Where(IsOld).ToList())
            {
                MonthOf(old).Add(_days[old]);
                _days.Remove(old);
            }
        }

        if (IsOld(day))
        {
            return new(Total, MonthOf(day), null);
        }

        return new(Total, _days.TryGetValue(day, out var counts) ? counts : _days[day] = new(), null);
    }

    private bool IsOld(int day) => day <= _newestDay - DaysKept;

    private TallyCounts MonthOf(int day)
    {
        var date = DateOnly.FromDayNumber(day);
        var month = (date.Year * 12) + date.Month - 1;
        return _months.TryGetValue(month, out var counts) ? counts : _months[month] = new();
    }

    /// <summary>Where one number is counted.</summary>
    private readonly record struct Buckets(TallyCounts Total, TallyCounts Period, TallyCounts? Segment)
    {
        public void Add(TallyColumn column, long number = 1)
        {
            Total.Add(column, number);
            Period.Add(column, number);
            Segment?.Add(column, number);
        }
    }
}
