using System.Globalization;
using System.Net;
using System.Text;

namespace HumanLoop.Cli.Backtest;

/// <summary>A line plot as an SVG element, its legend above it; both axes begin at zero. Not safe for concurrent use.</summary>
internal sealed class SvgPlot
{
    private const double Width = 800, Left = 60, Right = 770, LineHeight = 18, PlotHeight = 250;
    private const int MostTicks = 6;

    // Colours that stay apart for people who see few of them (Okabe and Ito 2008).
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];

    private static readonly double[] RoundSteps = [1, 2, 5, 10];

    // A second round of colours is dashed.
    private static readonly string[] Dashes = ["", " stroke-dasharray=\"8 3\"", " stroke-dasharray=\"2 3\""];

    private readonly double _endX;
    private readonly double _endY;
    private readonly string _nameX;
    private readonly string _nameY;
    private readonly List<(string Name, int Style)> _legend = [];
    private readonly StringBuilder _body = new();

    internal SvgPlot(double endX, double endY, string nameX, string nameY)
    {
        (_endX, _endY, _nameX, _nameY) = (endX, endY, nameX, nameY);
        foreach (var x in Ticks(endX))
        {
            Text(X(x), PlotHeight + 16, "middle", x.ToString("#,0.####", CultureInfo.InvariantCulture));
        }

        foreach (var y in Ticks(endY))
        {
            Append($"<line x1=\"{Left}\" x2=\"{Right}\" y1=\"{Y(y):0.#}\" y2=\"{Y(y):0.#}\" stroke=\"#8884\"/>");
            Text(Left - 6, Y(y) + 4, "end", y.ToString("#,0.####", CultureInfo.InvariantCulture));
        }
    }

    internal void Dash(double x1, double y1, double x2, double y2) =>
        Append($"<line x1=\"{X(x1):0.#}\" y1=\"{Y(y1):0.#}\" x2=\"{X(x2):0.#}\" y2=\"{Y(y2):0.#}\" stroke=\"currentColor\" stroke-dasharray=\"6 4\"/>");

    /// <summary>Draws a line.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="style">Which colour it has: the same thing has the same in every plot.</param>
    /// <param name="points">Its points, from left to right.</param>
    internal void Line(string name, int style, IEnumerable<(double X, double Y)> points)
    {
        var path = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")));
        Append($"<polyline points=\"{path}\" fill=\"none\" {Stroke(style)}><title>{WebUtility.HtmlEncode(name)}</title></polyline>");
        _legend.Add((name, style));
    }

    public override string ToString()
    {
        const int Columns = 3;
        var head = LineHeight * (((_legend.Count + Columns - 1) / Columns) + 1) + 8;
        var legend = new StringBuilder();
        foreach (var (i, (name, style)) in _legend.Index())
        {
            double x = Left + ((Right - Left) / Columns * (i % Columns)), y = LineHeight * ((i / Columns) + 0.7);
            legend.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x:0.#}\" x2=\"{x + 24:0.#}\" y1=\"{y - 4:0.#}\" y2=\"{y - 4:0.#}\" {Stroke(style)}/>");
            legend.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 30:0.#}\" y=\"{y:0.#}\" font-size=\"12\" fill=\"currentColor\">{WebUtility.HtmlEncode(name)}</text>");
        }

        Text((Left + Right) / 2, PlotHeight + 34, "middle", _nameX);
        Text(Left, -8, "middle", _nameY);
        return string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {head + PlotHeight + 42}\" role=\"img\">{legend}<g transform=\"translate(0 {head})\">{_body}</g></svg>");
    }

    // Round numbers: 1, 2 or 5 times a power of ten.
    private static IEnumerable<double> Ticks(double end)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(end / MostTicks)));
        var step = RoundSteps.Select(factor => factor * power).First(candidate => end / candidate <= MostTicks);
        return Enumerable.Range(0, (int)Math.Floor((end / step) + 1e-9) + 1).Select(tick => tick * step);
    }

    private static string Stroke(int style) =>
        $"stroke=\"{Colours[style % Colours.Length]}\" stroke-width=\"2\"{Dashes[style / Colours.Length % Dashes.Length]}";

    private double X(double x) => Left + ((Right - Left) * x / _endX);

    private double Y(double y) => PlotHeight - (PlotHeight * Math.Min(y, _endY) / _endY);

    private void Text(double x, double y, string anchor, string text) =>
        Append($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" font-size=\"11\" fill=\"currentColor\">{WebUtility.HtmlEncode(text)}</text>");

    private void Append(FormattableString markup) => _body.Append(markup.ToString(CultureInfo.InvariantCulture));
}
