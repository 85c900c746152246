using System.Xml.Linq;
using HumanLoop.Journaling;
using HumanLoop.Reporting;
using HumanLoop.Reports;
using HumanLoop.Tests.Reporting;

namespace HumanLoop.Cli.Tests.Reports;

public sealed class ScorecardReportTests
{
    private const string Hostile = "<script>alert(1)</script>\" onload=x | # *_";

    private static readonly Scorecard Empty = new JournalScript().Card(Charters.Guarded);

    [Fact]
    public void The_page_has_no_script_and_no_inline_style_and_is_well_formed()
    {
        foreach (var card in new[] { Empty, Full() })
        {
            var fragment = ReportHtml.Fragment(ScorecardReport.Of(card));
            var root = XElement.Parse(fragment.Replace("&#160;", " ", StringComparison.Ordinal));

            Assert.DoesNotContain(root.DescendantsAndSelf(), element => element.Name.LocalName is "script" or "style" || element.Attributes().Any(attribute => attribute.Name.LocalName == "style" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
            Assert.All(root.Descendants("svg"), svg => Assert.False(string.IsNullOrWhiteSpace(svg.Elements("title").First().Value)));
            Assert.Equal(12, root.Elements("section").Count());
        }
    }

    [Fact]
    public void What_people_wrote_is_text_and_never_markup()
    {
        var html = ReportHtml.Page(Hostile, ScorecardReport.Of(Full()));
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);

        var markdown = ReportMarkdown.Page(Hostile, ScorecardReport.Of(Full()));
        Assert.Contains("\\<script\\>alert(1)\\</script\\>", markdown, StringComparison.Ordinal);
        Assert.All(markdown.Split('\n').Where(line => line.StartsWith('|')), line => Assert.EndsWith("|", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_class_that_is_used_is_in_the_stylesheet()
    {
        var root = XElement.Parse(ReportHtml.Fragment(ScorecardReport.Of(Full())));
        var classes = root.DescendantsAndSelf().Attributes("class").SelectMany(attribute => attribute.Value.Split(' ')).Distinct().Except(["hl-axis", "hl-name"]);

        Assert.All(classes, name => Assert.Contains($".{name}", ReportStyles.Report, StringComparison.Ordinal));
    }

    [Fact]
    public void There_is_no_chart_where_there_is_nothing_to_draw()
    {
        Assert.All(new Func<Scorecard, string?>[] { ScorecardCharts.Thresholds, ScorecardCharts.StraightThrough, ScorecardCharts.RiskCoverage, ScorecardCharts.Reliability, ScorecardCharts.QueueAge, ScorecardCharts.Segments }, chart =>
        {
            Assert.Null(chart(Empty));
            Assert.StartsWith("<svg class=\"hl-plot\"", chart(Full()), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Each_change_of_a_threshold_is_marked_with_its_reason() =>
        Assert.Contains("review everything → 0.83, earned, 2 of 160 were wrong", ScorecardCharts.Thresholds(Full()), StringComparison.Ordinal);

    [Fact]
    public void The_promise_and_the_advice_are_in_every_format()
    {
        var card = Full();
        foreach (var text in new[] { ReportHtml.Page("t", ScorecardReport.Of(card)), ReportMarkdown.Page("t", ScorecardReport.Of(card)), ScorecardJson.Write(card) })
        {
            Assert.Contains("at most 5 % wrong, 95 % sure", text, StringComparison.Ordinal);
            Assert.Contains("Go on: ", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_report_of_an_empty_store_says_so_in_words()
    {
        var markdown = ReportMarkdown.Page("Scorecard", ScorecardReport.Of(Empty));

        Assert.Contains("Nobody has reviewed anything yet.", markdown, StringComparison.Ordinal);
        Assert.Contains("**Go on: no decision was made yet.**", markdown, StringComparison.Ordinal);
    }

    private static Scorecard Full()
    {
        var journal = new JournalScript();
        for (var n = 0; n < 20; n++)
        {
            journal.Route($"d-{n}", 0.5 + (n / 40.0), n % 3 == 0 ? RouteKind.Audit : RouteKind.Review, segment: Hostile, model: Hostile).Claim($"d-{n}", Hostile).After(5).Judge($"d-{n}", Hostile, wasRight: n > 4).After(40_000);
        }

        journal.Route("open", segment: "small").Add("", new WorkflowPaused { Reason = Hostile }).Add("", new ThresholdChanged
        {
            ChangeId = "1-1",
            Model = Hostile,
            Change = new() { From = Threshold.ReviewEverything, To = new(0.83), Reason = "earned", Evidence = new(new(0.83), 160, 2, 0, 3, 0.045), Goal = new() { MaxErrorRate = 0.05 }, Epoch = 1, Sequence = 1 },
        }).After(90_000);
        return journal.Card(Charters.Plain with { Owner = Hostile, MetricName = Hostile }) with
        {
            Thresholds = [new() { Policy = "risk-controlled", Model = Hostile, Threshold = 0.83, IsEarned = true, Since = journal.Now.AddDays(-9), ProposalId = Hostile, Says = $"{Hostile} threshold 0.83" }],
        };
    }
}
