namespace HumanLoop.Webhooks;

/// <summary>The hours of a day in which nothing but alarms is sent; what happens in them is told when they end.</summary>
public sealed class QuietHoursOptions
{
    /// <summary>When they begin, on the clock of <see cref="TimeZone"/>.</summary>
    /// <value>A time of day such as <c>22:00</c>; the default, <see langword="null"/>, is no quiet hours. Given together with <see cref="To"/>.</value>
    public TimeOnly? From { get; set; }

    /// <summary>When they end; before <see cref="From"/>, on the next day.</summary>
    /// <value>A time of day other than <see cref="From"/>; the default is <see langword="null"/>.</value>
    public TimeOnly? To { get; set; }

    /// <summary>Whose clock, as an IANA name such as <c>Europe/Berlin</c>.</summary>
    /// <value>The default is <c>UTC</c>.</value>
    public string TimeZone { get; set; } = "UTC";
}
