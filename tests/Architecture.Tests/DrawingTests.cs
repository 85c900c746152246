using HumanLoop.Tests.Shared;

namespace Architecture.Tests;

/// <summary>What the documentation draws is what is checked.</summary>
public class DrawingTests
{
    private const string Begin = "<!-- layers:begin -->\n";
    private const string End = "<!-- layers:end -->\n";

    [Fact]
    public void The_page_on_architecture_shows_the_layers_as_they_are_checked()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        Assert.True(begin >= 0 && end > begin, $"docs/architecture.md has no lines '{Begin.Trim()}' and '{End.Trim()}', one after the other.");

        var shown = page[(begin + Begin.Length)..end];
        var drawn = $"```text\n{LayerDrawing.Of(LayerFile.Read())}```\n";
        Assert.True(shown == drawn, $"docs/architecture.md shows other layers than layers.txt has. Put this between its two marks:\n\n{drawn}");
    }
}
