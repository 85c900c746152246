using System.Net;
using System.Text;
using HumanLoop.Reporting;

namespace HumanLoop.Reports;

/// <summary>A report as HTML without script and inline style; every value is encoded. Classes are those of <see cref="ReportStyles"/>.</summary>
internal static class ReportHtml
{
    /// <summary>A page that needs nothing else.</summary>
    public static string Page(string title, IReadOnlyList<ReportSection> sections) =>
        $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{Encode(title)}</title><style>\n{ReportStyles.Page}</style></head><body>\n<h1>{Encode(title)}</h1>\n{Fragment(sections)}</body></html>\n";

    /// <summary>The sections, for a page that has its own head.</summary>
    public static string Fragment(IReadOnlyList<ReportSection> sections)
    {
        var html = new StringBuilder("<div class=\"hl-report\">\n");
        foreach (var section in sections)
        {
            Write(html, section);
        }

        return html.Append("</div>\n").ToString();
    }

    /// <summary>One section, for a page that arranges them itself.</summary>
    public static string Section(ReportSection section)
    {
        var html = new StringBuilder();
        Write(html, section);
        return html.ToString();
    }

    private static void Write(StringBuilder html, ReportSection section)
    {
        html.Append("<section id=\"").Append(Encode(section.Id)).Append("\">\n<h2>").Append(Encode(section.Title)).Append("</h2>\n");
        foreach (var block in section.Blocks)
        {
            Write(html, block);
        }

        html.Append("</section>\n");
    }

    private static void Write(StringBuilder html, ReportBlock block)
    {
        switch (block)
        {
            case ReportBlock.Paragraph paragraph:
                html.Append("<p>").Append(Encode(paragraph.Text)).Append("</p>\n");
                break;
            case ReportBlock.Advice advice:
                html.Append("<p class=\"hl-advice ").Append(ClassOf(advice.Verdict)).Append("\">").Append(Encode(advice.Text)).Append("</p>\n");
                break;
            case ReportBlock.Chart chart:
                html.Append("<figure>").Append(chart.Svg).Append("<figcaption>").Append(Encode(chart.Caption)).Append("</figcaption></figure>\n");
                break;
            case ReportBlock.Table table:
                Write(html, table);
                break;
        }
    }

    private static void Write(StringBuilder html, ReportBlock.Table table)
    {
        html.Append("<div class=\"hl-scroll\"><table>");
        if (table.Head.Count > 0)
        {
            html.Append("<thead><tr>");
            foreach (var cell in table.Head)
            {
                html.Append(cell.Length == 0 ? "<td>" : "<th scope=\"col\">").Append(Encode(cell)).Append(cell.Length == 0 ? "</td>" : "</th>");
            }

            html.Append("</tr></thead>");
        }

        html.Append("<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr><th scope=\"row\">").Append(Encode(row[0])).Append("</th>");
            foreach (var cell in row.Skip(1))
            {
                html.Append("<td>").Append(Encode(cell)).Append("</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    private static string ClassOf(AdviceVerdict verdict) => verdict switch
    {
        AdviceVerdict.Hold => "hl-hold",
        AdviceVerdict.Stop => "hl-stop",
        AdviceVerdict.Expand => "hl-expand",
        _ => "hl-go-on",
    };

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
