using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using HumanLoop.Cli.Answering;

namespace HumanLoop.Cli.Store;

/// <summary><c>humanloop export</c>: every decision with its confidence, its verdict, and the probability with which somebody looked.</summary>
internal sealed class ExportCommand : StoreCommand
{
    private const string Header = "workflow,id,at,segment,model,confidence,route,reason,eligible,review_probability,verdict,correction,correct";

    private readonly Option<string?> _workflow = new("--workflow") { Description = "Only this workflow." };
    private readonly Option<string?> _out = new("--out") { Description = "Write to this file." };

    internal ExportCommand()
        : base("export", "Writes every decision as CSV, or as JSON with --json: id, model, confidence, verdict, correction, and the probability with which somebody looked.")
    {
        Add(_workflow);
        Add(_out);
    }

    protected override async Task<int> RunAsync(OpenStore store, ParseResult parsed, bool json, CancellationToken cancellationToken)
    {
        var workflows = await store.WorkflowsAsync(parsed.GetValue(_workflow), cancellationToken).ConfigureAwait(false);
        var decisions = new List<ExportedDecision>();
        await foreach (var decision in DecisionReader.ReadAsync(store, workflows, cancellationToken).ConfigureAwait(false))
        {
            decisions.Add(decision);
        }

        Output.Write(json ? JsonSerializer.Serialize(decisions, StoreJsonContext.Default.IReadOnlyListExportedDecision) + Environment.NewLine : Csv(decisions), parsed.GetValue(_out));
        return ExitCodes.Done;
    }

    private static string Csv(List<ExportedDecision> decisions)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var one in decisions)
        {
            object?[] fields =
            [
                one.Workflow, one.Id, one.At.ToString("O", CultureInfo.InvariantCulture), one.Segment, one.Model, one.Confidence, one.Route, one.Reason,
                one.Eligible ? "true" : "false", one.ReviewProbability, one.Verdict, one.Correction, one.Correct switch { true => "true", false => "false", null => "" },
            ];
            text.AppendJoin(',', fields.Select(Field)).Append('\n');
        }

        return text.ToString();
    }

    private static string Field(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
