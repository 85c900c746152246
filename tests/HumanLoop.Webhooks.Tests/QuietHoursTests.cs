using System.Globalization;

namespace HumanLoop.Webhooks.Tests;

public class QuietHoursTests
{
    [Theory]
    [InlineData("22:00", "07:00", "UTC", "2026-01-05T21:59:59Z", false)]
    [InlineData("22:00", "07:00", "UTC", "2026-01-05T22:00:00Z", true)]
    [InlineData("22:00", "07:00", "UTC", "2026-01-06T00:00:00Z", true)]
    [InlineData("22:00", "07:00", "UTC", "2026-01-06T06:59:59Z", true)]
    [InlineData("22:00", "07:00", "UTC", "2026-01-06T07:00:00Z", false)]
    [InlineData("12:00", "13:00", "UTC", "2026-01-06T12:30:00Z", true)]
    [InlineData("12:00", "13:00", "UTC", "2026-01-06T22:30:00Z", false)]
    [InlineData("22:00", "07:00", "Europe/Berlin", "2026-01-05T21:30:00Z", true)]
    [InlineData("22:00", "07:00", "Europe/Berlin", "2026-07-05T20:30:00Z", true)]
    [InlineData("22:00", "07:00", "Europe/Berlin", "2026-01-05T20:30:00Z", false)]
    public void They_are_by_the_clock_of_their_time_zone_and_know_midnight_and_summer(string from, string to, string zone, string now, bool quiet) =>
        Assert.Equal(quiet, QuietHours.Includes(new() { From = TimeOnly.Parse(from, CultureInfo.InvariantCulture), To = TimeOnly.Parse(to, CultureInfo.InvariantCulture), TimeZone = zone }, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));

    [Fact]
    public void Without_a_beginning_there_are_none() => Assert.False(QuietHours.Includes(new(), DateTimeOffset.UnixEpoch));
}
