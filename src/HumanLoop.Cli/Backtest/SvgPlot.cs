using System.Globalization;
using System.Net;
using System.Text;

namespace HumanLoop.Cli.Backtest;

/// <summary>A line plot as an SVG element; both axes begin at zero. Not safe for concurrent use.</summary>
internal sealed class SvgPlot
{
    private const double Width = 800, Height = 300, Left = 60, Right = 790, Top = 10, Bottom = 260;
    private const int Ticks = 5;

    // Colours that stay apart for people who see few of them (Okabe and Ito 2008).
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];

    private readonly double _endX;
    private readonly double _endY;
    private readonly StringBuilder _body = new();
    private int _lines;

    internal SvgPlot(double endX, double endY, string nameX, string nameY)
    {
        (_endX, _endY) = (endX, endY);
        for (var i = 0; i <= Ticks; i++)
        {
            double x = endX * i / Ticks, y = endY * i / Ticks;
            Append($"<line x1=\"{Left}\" x2=\"{Right}\" y1=\"{Y(y):0.#}\" y2=\"{Y(y):0.#}\" stroke=\"#8884\"/>");
            Text(X(x), Bottom + 16, "middle", x.ToString("#,0.##", CultureInfo.InvariantCulture));
            Text(Left - 6, Y(y) + 4, "end", y.ToString("#,0.##", CultureInfo.InvariantCulture));
        }

        Text((Left + Right) / 2, Bottom + 32, "middle", nameX);
        Text(Left + 4, Top + 10, "start", nameY);
    }

    internal void Dash(double x1, double y1, double x2, double y2) =>
        Append($"<line x1=\"{X(x1):0.#}\" y1=\"{Y(y1):0.#}\" x2=\"{X(x2):0.#}\" y2=\"{Y(y2):0.#}\" stroke=\"currentColor\" stroke-dasharray=\"6 4\"/>");

    internal void Line(string name, IEnumerable<(double X, double Y)> points)
    {
        var colour = Colours[_lines % Colours.Length];
        var path = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")));
        Append($"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"><title>{WebUtility.HtmlEncode(name)}</title></polyline>");
        Append($"<text x=\"{Right - 8}\" y=\"{Bottom - 8 - (14 * _lines)}\" text-anchor=\"end\" font-size=\"12\" fill=\"{colour}\">{WebUtility.HtmlEncode(name)}</text>");
        _lines++;
    }

    public override string ToString() => $"<svg viewBox=\"0 0 {Width.ToString(CultureInfo.InvariantCulture)} {Height.ToString(CultureInfo.InvariantCulture)}\" role=\"img\">{_body}</svg>";

    private double X(double x) => Left + ((Right - Left) * x / _endX);

    private double Y(double y) => Bottom - ((Bottom - Top) * Math.Min(y, _endY) / _endY);

    private void Text(double x, double y, string anchor, string text) =>
        Append($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" font-size=\"11\" fill=\"currentColor\">{WebUtility.HtmlEncode(text)}</text>");

    private void Append(FormattableString markup) => _body.Append(markup.ToString(CultureInfo.InvariantCulture));
}
