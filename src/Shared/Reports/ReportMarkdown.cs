using System.Text;

namespace HumanLoop.Reports;

/// <summary>A report as Markdown, without the charts. What people wrote is text there and cannot become markup.</summary>
internal static class ReportMarkdown
{
    public static string Page(string title, IReadOnlyList<ReportSection> sections)
    {
        var text = new StringBuilder().Append("# ").Append(Escape(title)).Append('\n');
        foreach (var section in sections)
        {
            text.Append("\n## ").Append(Escape(section.Title)).Append('\n');
            foreach (var block in section.Blocks)
            {
                Write(text, block);
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, ReportBlock block)
    {
        switch (block)
        {
            case ReportBlock.Paragraph paragraph:
                text.Append('\n').Append(Escape(paragraph.Text)).Append('\n');
                break;
            case ReportBlock.Advice advice:
                text.Append("\n**").Append(Escape(advice.Text)).Append("**\n");
                break;
            case ReportBlock.Table table:
                text.Append('\n');
                var columns = table.Rows.Count > 0 ? table.Rows[0].Count : table.Head.Count;
                Row(text, table.Head.Count > 0 ? table.Head : [.. Enumerable.Repeat("", columns)]);
                text.Append('|').Insert(text.Length, "---|", columns).Append('\n');
                foreach (var row in table.Rows)
                {
                    Row(text, row);
                }

                break;
        }
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells)
    {
        text.Append('|');
        foreach (var cell in cells)
        {
            text.Append(' ').Append(Escape(cell)).Append(" |");
        }

        text.Append('\n');
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '~' or '!')
            {
                escaped.Append('\\');
            }

            escaped.Append(char.IsControl(c) ? ' ' : c);
        }

        return escaped.ToString();
    }
}
