using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HumanLoop.Adapting;
using HumanLoop.Cli.Answering;
using HumanLoop.Cli.Input;
using HumanLoop.Journaling;

namespace HumanLoop.Cli.Store;

/// <summary><c>humanloop import FILE --workflow W --as prior|evidence</c>: history that shortens the wait for a threshold.</summary>
internal sealed class ImportCommand : StoreCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "A CSV file as for backtest: confidence and either correct, or predicted and truth; optional segment." };
    private readonly Option<string> _workflow = new("--workflow") { Description = "The workflow.", Required = true };
    private readonly Option<string?> _model = new("--model") { Description = "The model that made these decisions, as Decision.Model will name it." };
    private readonly Option<string> _as = new("--as") { Description = "evidence: the same model and an unselected sample, which can open the threshold at once; prior: anything else, which only shortens the wait.", Required = true };
    private readonly Option<string?> _columns = new("--columns") { Description = "Which column is which: confidence=score,truth=label." };
    private readonly Option<string?> _by = new("--by") { Description = "Who imports it; the journal keeps it (the user of this machine)." };

    internal ImportCommand()
        : base("import", "Imports decisions from before the library was there, whose truth is known.")
    {
        Add(_file);
        Option[] options = [_workflow, _model, _as, _columns, _by];
        foreach (var option in options)
        {
            Add(option);
        }
    }

    protected override async Task<int> RunAsync(OpenStore store, ParseResult parsed, bool json, CancellationToken cancellationToken)
    {
        var (workflow, model, kind) = (parsed.GetValue(_workflow)!, parsed.GetValue(_model), parsed.GetValue(_as)!);
        if (kind is not ("prior" or "evidence"))
        {
            throw new InputException($"--as {kind}: expected prior or evidence.");
        }

        await store.WorkflowsAsync(workflow, cancellationToken).ConfigureAwait(false);
        var settings = await store.Learning.ReadSettingsAsync(workflow, cancellationToken).ConfigureAwait(false)
            ?? throw new InputException($"--workflow {workflow}: expected a workflow that an application has started.");
        var file = DecisionFile.Open(parsed.GetValue(_file)!, DecisionFile.Renames(parsed.GetValue(_columns)));
        DecisionRow[] rows = [.. file.Rows.Where(row => row.Confidence.IsUsable)];
        if (rows.Length == 0)
        {
            throw new InputException($"{file.Name}: expected at least one row with a confidence.");
        }

        var live = await store.Thresholds.ReadAsync(workflow, OpenStore.ControllerOf, cancellationToken).ConfigureAwait(false);
        if (kind == "prior" && live.Any(one => one.Live.Model == model && one.State is RiskControlledState { Decisions: > 0 }))
        {
            await Console.Error.WriteLineAsync($"{workflow}: evidence for {(model is null ? "decisions without a model" : $"model {model}")} has begun already, and a prior has to be there before. Nothing was imported.").ConfigureAwait(false);
            return ExitCodes.No;
        }

        var by = parsed.GetValue(_by) ?? Environment.UserName;
        string? SegmentOf(DecisionRow row) => file.HasSegments ? file.Segments[row.Segment] : null;
        IReadOnlyList<JournalEntry> entries = kind == "evidence"
            ? [.. rows.Select(row => new EvidenceImported { Workflow = workflow, Actor = by, Model = model, Segment = SegmentOf(row), Confidence = row.Confidence, WasRight = !row.IsWrong })]
            :
            [
                .. rows.GroupBy(row => settings.Per == ThresholdPer.Segment ? SegmentOf(row) : null).Select(group => new PriorImported
                {
                    Workflow = workflow,
                    Actor = by,
                    Model = model,
                    Segment = group.Key,
                    Confidences = [.. group.Select(row => row.Confidence.Value)],
                    WereRight = [.. group.Select(row => !row.IsWrong)],
                }),
            ];
        // Counted twice, one outcome would pass for two. Evidence that started again may have the same history again.
        var (published, _) = await store.Learning.ReadThresholdsAsync(workflow, known: 0, cancellationToken).ConfigureAwait(false);
        var epoch = (published?.Lines ?? []).Where(line => line.Model == model).Select(line => line.Epoch).DefaultIfEmpty(1).Max();
        StateWrite[] marks = kind == "evidence" ? [new(workflow, $"imported-{Fingerprint(rows, file.Segments, model, epoch)}", by, ExpectedVersion: 0)] : [];
        if (!await store.Learning.CommitAsync(marks, entries).ConfigureAwait(false))
        {
            await Console.Error.WriteLineAsync($"{workflow}: these decisions were imported as evidence already. Nothing was imported.").ConfigureAwait(false);
            return ExitCodes.No;
        }

        var report = new ImportReport(workflow, model, kind, rows.Length, file.WithoutConfidence, rows.Count(row => row.IsWrong));
        Console.Out.WriteLine(json
            ? JsonSerializer.Serialize(report, StoreJsonContext.Default.ImportReport)
            : $"Imported {report.Imported} decisions as {kind}, {report.Wrong} of them wrong; {report.WithoutConfidence} had no confidence and were left out. The application takes them in when it runs.");
        return ExitCodes.Done;
    }

    private static string Fingerprint(DecisionRow[] rows, string[] segments, string? model, int epoch)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{epoch}\n{model}\n")));
        foreach (var row in rows)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{row.Confidence.Value:R},{row.IsWrong},{segments[row.Segment]}\n")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
