using System.Globalization;
using System.Net;
using System.Text;

namespace HumanLoop.Reporting.Charts;

/// <summary>A line plot as an SVG element, coloured by the classes of <see cref="ReportStyles"/>: no script, no inline style. Not safe for concurrent use.</summary>
internal sealed class SvgPlot
{
    /// <summary>How many colours there are.</summary>
    public const int Colours = 6;

    private const double Width = 800, Height = 300, Left = 62, Right = 764, Top = 12, Bottom = 258;
    private const int Ticks = 5;

    private readonly string _title;
    private readonly PlotAxis _x;
    private readonly PlotAxis _y;
    private readonly StringBuilder _body = new();
    private int _lines;

    internal SvgPlot(string title, PlotAxis x, PlotAxis y)
    {
        (_title, _x, _y) = (title, x, y);
        for (var i = 0; i <= Ticks; i++)
        {
            double right = x.From + ((x.To - x.From) * i / Ticks), up = y.From + ((y.To - y.From) * i / Ticks);
            Append($"<line class=\"hl-grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{Y(up):0.#}\" y2=\"{Y(up):0.#}\"/>");
            Text(X(right), Bottom + 16, "middle", x.TextAt(right));
            Text(Left - 6, Y(up) + 4, "end", y.TextAt(up));
        }

        Text((Left + Right) / 2, Bottom + 34, "middle", x.Name);
        Text(Left + 4, Top + 10, "start", y.Name);
    }

    internal SvgPlot Dash(double x1, double y1, double x2, double y2, string name)
    {
        Append($"<line class=\"hl-goal\" x1=\"{X(x1):0.#}\" y1=\"{Y(y1):0.#}\" x2=\"{X(x2):0.#}\" y2=\"{Y(y2):0.#}\"><title>{WebUtility.HtmlEncode(name)}</title></line>");
        return this;
    }

    internal SvgPlot Line(string name, IEnumerable<(double X, double Y)> points)
    {
        var path = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")));
        Append($"<polyline class=\"hl-line hl-c{_lines % Colours}\" points=\"{path}\"><title>{WebUtility.HtmlEncode(name)}</title></polyline>");
        Append($"<text class=\"hl-name hl-c{_lines % Colours}\" x=\"{Right - 8}\" y=\"{Bottom - 8 - (14 * _lines)}\" text-anchor=\"end\">{WebUtility.HtmlEncode(name)}</text>");
        _lines++;
        return this;
    }

    /// <summary>A point in the colour of the line drawn last.</summary>
    internal SvgPlot Mark(double x, double y, string says)
    {
        Append($"<circle class=\"hl-mark hl-c{Math.Max(0, _lines - 1) % Colours}\" cx=\"{X(x):0.#}\" cy=\"{Y(y):0.#}\" r=\"4\"><title>{WebUtility.HtmlEncode(says)}</title></circle>");
        return this;
    }

    public override string ToString() => Svg.Wrap(_title, Width, Height, _body);

    private double X(double x) => Left + ((Right - Left) * _x.PartOf(x));

    private double Y(double y) => Bottom - ((Bottom - Top) * _y.PartOf(y));

    private void Text(double x, double y, string anchor, string text) =>
        Append($"<text class=\"hl-axis\" x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(text)}</text>");

    private void Append(FormattableString markup) => _body.Append(markup.ToString(CultureInfo.InvariantCulture));
}
