using System.Globalization;
using System.Net;
using System.Text;

namespace HumanLoop.Reports;

/// <summary>Bars with a name before and a text behind each, as an SVG element. Not safe for concurrent use.</summary>
internal sealed class SvgBars(string title, double most)
{
    private const double Width = 800, Left = 180, Longest = 460, Step = 26, Thick = 16;

    private readonly StringBuilder _body = new();
    private readonly double _most = most > 0 ? most : 1;
    private int _bars;

    internal SvgBars Add(string name, double length, string text)
    {
        var top = (_bars++ * Step) + 6;
        Append($"<text class=\"hl-axis\" x=\"{Left - 8}\" y=\"{top + 12:0.#}\" text-anchor=\"end\">{WebUtility.HtmlEncode(Cut(name))}</text>");
        Append($"<rect class=\"hl-bar hl-c0\" x=\"{Left}\" y=\"{top:0.#}\" width=\"{Longest * Math.Clamp(length / _most, 0, 1):0.#}\" height=\"{Thick}\"><title>{WebUtility.HtmlEncode($"{name}: {text}")}</title></rect>");
        Append($"<text class=\"hl-axis\" x=\"{Left + (Longest * Math.Clamp(length / _most, 0, 1)) + 8:0.#}\" y=\"{top + 12:0.#}\" text-anchor=\"start\">{WebUtility.HtmlEncode(text)}</text>");
        return this;
    }

    public override string ToString() => Svg.Wrap(title, Width, (_bars * Step) + 8, _body);

    private static string Cut(string name) => name.Length > 26 ? $"{name[..25]}…" : name;

    private void Append(FormattableString markup) => _body.Append(markup.ToString(CultureInfo.InvariantCulture));
}
