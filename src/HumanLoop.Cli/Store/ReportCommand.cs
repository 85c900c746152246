using System.CommandLine;
using HumanLoop.Cli.Answering;
using HumanLoop.Cli.Input;
using HumanLoop.Reporting;
using HumanLoop.Reports;

namespace HumanLoop.Cli.Store;

/// <summary><c>humanloop report --workflow W</c>: the owner's scorecard as one file.</summary>
internal sealed class ReportCommand : StoreCommand
{
    private readonly Option<string> _workflow = new("--workflow") { Description = "The workflow.", Required = true };
    private readonly Option<string?> _format = new("--format") { Description = "html: one page that needs nothing else; md: Markdown; json. Without it md, or what the name of --out ends with." };
    private readonly Option<string?> _out = new("--out") { Description = "Write to this file." };

    internal ReportCommand()
        : base("report", "Writes a workflow's scorecard: its metric against its target, errors, people's time, thresholds, and one sentence of advice. Exit code 1 where that is to stop.")
    {
        Add(_workflow);
        Add(_format);
        Add(_out);
    }

    protected override async Task<int> RunAsync(OpenStore store, ParseResult parsed, bool json, CancellationToken cancellationToken)
    {
        var (name, path) = (parsed.GetValue(_workflow)!, parsed.GetValue(_out));
        var format = Format(parsed.GetValue(_format), json, path);
        await store.WorkflowsAsync(name, cancellationToken).ConfigureAwait(false);
        var card = await store.Scorecards.ReadAsync(name, charter: null, OpenStore.ControllerOf, cancellationToken).ConfigureAwait(false);
        var title = $"Scorecard of {name}, {ReportText.Time(card.At)} UTC";
        Output.Write(
            format switch
            {
                "html" => ReportHtml.Page(title, ScorecardReport.Of(card)),
                "json" => ScorecardJson.Write(card) + Environment.NewLine,
                _ => ReportMarkdown.Page(title, ScorecardReport.Of(card)),
            },
            path);
        return card.Advice.Verdict == AdviceVerdict.Stop ? ExitCodes.No : ExitCodes.Done;
    }

    private static string Format(string? asked, bool json, string? path)
    {
        if (json && asked is not (null or "json"))
        {
            throw new InputException($"--format {asked}: --json asks for json; leave one of them out.");
        }

        return (asked ?? (json ? "json" : Path.GetExtension(path)?.TrimStart('.').ToLowerInvariant())) switch
        {
            "html" or "htm" => "html",
            "json" => "json",
            null or "" or "md" or "markdown" or "txt" => "md",
            var other when asked is null => throw new InputException($"--out {path}: '.{other}' names no format; give --format html, md or json."),
            var other => throw new InputException($"--format {other}: expected html, md or json."),
        };
    }
}
