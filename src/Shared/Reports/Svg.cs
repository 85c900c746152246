using System.Globalization;
using System.Net;
using System.Text;

namespace HumanLoop.Reports;

/// <summary>What every chart has: a size and a name for those who do not see it.</summary>
internal static class Svg
{
    public static string Wrap(string title, double width, double height, StringBuilder body) =>
        string.Create(CultureInfo.InvariantCulture, $"<svg class=\"hl-plot\" viewBox=\"0 0 {width} {height}\" role=\"img\"><title>{WebUtility.HtmlEncode(title)}</title>{body}</svg>");
}
