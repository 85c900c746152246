using System.CommandLine;
using System.Text.Json;
using HumanLoop.Cli.Answering;
using HumanLoop.Observing;

namespace HumanLoop.Cli.Store;

/// <summary><c>humanloop verify</c>: whether the journal, read again from its beginning, leads to what is stored.</summary>
internal sealed class VerifyCommand : StoreCommand
{
    internal VerifyCommand()
        : base("verify", "Reads the journal again and says whether it leads to the stored decisions, evidence, thresholds, changes and counts. Exit code 1 if not.")
    {
    }

    protected override async Task<int> RunAsync(OpenStore store, ParseResult parsed, bool json, CancellationToken cancellationToken)
    {
        var verification = new JournalVerification(store.Queue, store.Journal, store.Projections);
        var problems = await verification.RunAsync(await store.WorkflowsAsync(only: null, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        var report = new VerifyReport(problems.Count == 0, verification.Entries, verification.Decisions, verification.Workflows, verification.Changes, problems);
        Console.Out.WriteLine(json
            ? JsonSerializer.Serialize(report, StoreJsonContext.Default.VerifyReport)
            : string.Join(Environment.NewLine, [.. problems, $"{(report.Agrees ? "Agrees" : $"{problems.Count} problems")}: {report.Entries} journal entries, {report.Decisions} decisions, {report.Changes} changes of thresholds in {report.Workflows} workflows."]));
        return report.Agrees ? ExitCodes.Done : ExitCodes.No;
    }
}
