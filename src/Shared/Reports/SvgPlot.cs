using System.Globalization;
using System.Net;
using System.Text;

namespace HumanLoop.Reports;

/// <summary>A line plot as an SVG element, its legend above it, coloured by the classes of <see cref="ReportStyles"/>: no script, no inline style. Not safe
/// for concurrent use.</summary>
internal sealed class SvgPlot
{
    /// <summary>How many colours there are; a second round of them is dashed.</summary>
    public const int Colours = 6;

    private const double Width = 800, Left = 62, Right = 764, LineHeight = 18, PlotHeight = 250;
    private const int LegendColumns = 3;

    private readonly string _title;
    private readonly PlotAxis _x;
    private readonly PlotAxis _y;
    private readonly List<(string Name, int Style)> _legend = [];
    private readonly StringBuilder _body = new();

    internal SvgPlot(string title, PlotAxis x, PlotAxis y)
    {
        (_title, _x, _y) = (title, x, y);
        foreach (var right in x.Ticks())
        {
            Text(X(right), PlotHeight + 16, "middle", x.TextAt(right));
        }

        foreach (var up in y.Ticks())
        {
            Append($"<line class=\"hl-grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{Y(up):0.#}\" y2=\"{Y(up):0.#}\"/>");
            Text(Left - 6, Y(up) + 4, "end", y.TextAt(up));
        }
    }

    internal SvgPlot Dash(double x1, double y1, double x2, double y2, string name)
    {
        Append($"<line class=\"hl-goal\" x1=\"{X(x1):0.#}\" y1=\"{Y(y1):0.#}\" x2=\"{X(x2):0.#}\" y2=\"{Y(y2):0.#}\"><title>{WebUtility.HtmlEncode(name)}</title></line>");
        return this;
    }

    /// <summary>Draws one more line, in a colour of its own.</summary>
    internal SvgPlot Line(string name, IEnumerable<(double X, double Y)> points) => Line(name, _legend.Count, points);

    /// <summary>Draws a line.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="style">Which colour it has: the same thing has the same in every plot.</param>
    /// <param name="points">Its points, from left to right.</param>
    internal SvgPlot Line(string name, int style, IEnumerable<(double X, double Y)> points)
    {
        var path = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")));
        Append($"<polyline class=\"{LineClass(style)}\" points=\"{path}\"><title>{WebUtility.HtmlEncode(name)}</title></polyline>");
        _legend.Add((name, style));
        return this;
    }

    /// <summary>A point in the colour of the line drawn last.</summary>
    internal SvgPlot Mark(double x, double y, string says)
    {
        Append($"<circle class=\"hl-mark hl-c{(_legend.Count == 0 ? 0 : _legend[^1].Style) % Colours}\" cx=\"{X(x):0.#}\" cy=\"{Y(y):0.#}\" r=\"4\"><title>{WebUtility.HtmlEncode(says)}</title></circle>");
        return this;
    }

    public override string ToString()
    {
        var head = LineHeight * (((_legend.Count + LegendColumns - 1) / LegendColumns) + 1) + 8;
        var plot = new StringBuilder();
        foreach (var (i, (name, style)) in _legend.Index())
        {
            double x = Left + ((Right - Left) / LegendColumns * (i % LegendColumns)), y = LineHeight * ((i / LegendColumns) + 0.7);
            plot.Append(CultureInfo.InvariantCulture, $"<line class=\"{LineClass(style)}\" x1=\"{x:0.#}\" x2=\"{x + 24:0.#}\" y1=\"{y - 4:0.#}\" y2=\"{y - 4:0.#}\"/>");
            plot.Append(CultureInfo.InvariantCulture, $"<text class=\"hl-name\" x=\"{x + 30:0.#}\" y=\"{y:0.#}\">{WebUtility.HtmlEncode(name)}</text>");
        }

        Text((Left + Right) / 2, PlotHeight + 34, "middle", _x.Name);
        Text(4, -8, "start", _y.Name);
        plot.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate(0 {head})\">{_body}</g>");
        return Svg.Wrap(_title, Width, head + PlotHeight + 42, plot);
    }

    private static string LineClass(int style) => $"hl-line hl-c{style % Colours}{(style / Colours % 3) switch { 1 => " hl-dashed", 2 => " hl-dotted", _ => "" }}";

    private double X(double x) => Left + ((Right - Left) * _x.PartOf(x));

    private double Y(double y) => PlotHeight - (PlotHeight * _y.PartOf(y));

    private void Text(double x, double y, string anchor, string text) =>
        Append($"<text class=\"hl-axis\" x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(text)}</text>");

    private void Append(FormattableString markup) => _body.Append(markup.ToString(CultureInfo.InvariantCulture));
}
