using System.Globalization;

namespace HumanLoop.Reports;

/// <summary>One axis of a plot.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends; widened a little where that is where it begins.</param>
/// <param name="Name">What it shows.</param>
/// <param name="Text">How a place on it is written; null for a plain number.</param>
internal sealed record PlotAxis(double From, double To, string Name, Func<double, string>? Text = null)
{
    public double To { get; } = To > From ? To : From + 1;

    private const int MostTicks = 6;

    // Round numbers: 1, 2 or 5 times a power of ten.
    private static readonly double[] RoundSteps = [1, 2, 5, 10];

    public string TextAt(double place) => Text is null ? place.ToString("#,0.####", CultureInfo.InvariantCulture) : Text(place);

    /// <summary>The places that are written: round numbers where it begins at zero, else equal parts.</summary>
    public IEnumerable<double> Ticks()
    {
        if (From != 0)
        {
            return Enumerable.Range(0, MostTicks).Select(tick => From + ((To - From) * tick / (MostTicks - 1)));
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(To / MostTicks)));
        var step = RoundSteps.Select(factor => factor * power).First(candidate => To / candidate <= MostTicks);
        return Enumerable.Range(0, (int)Math.Floor((To / step) + 1e-9) + 1).Select(tick => tick * step);
    }

    public double PartOf(double place) => Math.Clamp((place - From) / (To - From), 0, 1);

    public static PlotAxis Share(string name, double to = 1) => new(0, Math.Min(1, to), name, share => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %"));

    /// <summary>Places are day numbers with their fractions; what fits into two days is written by the clock.</summary>
    public static PlotAxis Moments(double from, double to)
    {
        var end = Math.Max(to, from + TimeSpan.FromMinutes(1).TotalDays);
        return end - from > 2 ? Days(from, end) : new(from, end, "", place => DateTime.MinValue.AddDays(place).ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    /// <summary>Places are day numbers.</summary>
    public static PlotAxis Days(double from, double to) =>
        new(from, Math.Max(to, from + 1), "", place => DateOnly.FromDayNumber((int)Math.Clamp(place, 0, DateOnly.MaxValue.DayNumber)).ToString("d MMM yy", CultureInfo.InvariantCulture));
}
