namespace HumanLoop.Webhooks;

/// <summary>Tells whether it is quiet now.</summary>
internal static class QuietHours
{
    public static bool Includes(QuietHoursOptions options, DateTimeOffset now)
    {
        if (options is not { From: { } from, To: { } to })
        {
            return false;
        }

        // IsBetween begins with its start, ends before its end, and knows midnight.
        var local = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone));
        return TimeOnly.FromTimeSpan(local.TimeOfDay).IsBetween(from, to);
    }

    public static bool IsTimeZone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);
}
