using System.CommandLine;
using System.Text.Json;
using HumanLoop.Cli.Answering;
using HumanLoop.Cli.Input;
using static HumanLoop.Cli.Store.DoctorReport.Severity;

namespace HumanLoop.Cli.Store;

/// <summary><c>humanloop doctor</c>: what would stop a workflow in production, each with the mend.</summary>
internal sealed class DoctorCommand : StoreCommand
{
    private readonly Option<string?> _workflow = new("--workflow") { Description = "Only this workflow." };
    private readonly Option<string?> _settings = new("--settings") { Description = "The application's settings, such as appsettings.json: checked as the application would." };
    private readonly Option<string> _environment = new("--environment") { Description = "The environment that it is to run in (Production).", DefaultValueFactory = _ => "Production" };

    internal DoctorCommand()
        : base("doctor", "Says what would stop a workflow in production, each with the mend. Exit code 1 if anything would.")
    {
        Add(_workflow);
        Add(_settings);
        Add(_environment);
    }

    protected override async Task<int> RunAsync(OpenStore store, ParseResult parsed, bool json, CancellationToken cancellationToken)
    {
        var only = parsed.GetValue(_workflow);
        var settings = parsed.GetValue(_settings) is { } path ? SettingsFile.Read(path) : null;
        var stored = await store.State.ListWorkflowsAsync(cancellationToken).ConfigureAwait(false);
        string[] all = [.. stored.Union(settings?.Workflows ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (only is not null && !all.Contains(only))
        {
            throw new InputException($"--workflow {only}: expected a workflow of this store or of the settings; there {(all.Length == 0 ? "are none" : $"are {string.Join(", ", all)}")}.");
        }

        var findings = new List<DoctorReport.Finding>();
        await ExamineStoreAsync(store, parsed.GetValue(_environment)!, settings, stored.Count, findings, cancellationToken).ConfigureAwait(false);
        foreach (var workflow in all.Where(name => only is null || name == only))
        {
            if (settings is not null)
            {
                ExamineSettings(settings, workflow, findings);
            }

            if (stored.Contains(workflow))
            {
                var card = await store.Scorecards.ReadAsync(workflow, charter: null, OpenStore.ControllerOf, cancellationToken).ConfigureAwait(false);
                findings.AddRange(new Examination(card).Run());
            }
            else
            {
                findings.Add(new(workflow, Notes, "not_started", "no application has started it on this store yet.", "start the application."));
            }
        }

        DoctorReport.Finding[] sorted = [.. findings.OrderBy(finding => finding.Severity)];
        var report = new DoctorReport(!findings.Exists(finding => finding.Severity == Stops), sorted);
        Console.Out.WriteLine(json ? JsonSerializer.Serialize(report, StoreJsonContext.Default.DoctorReport) : Text(report));
        return report.Healthy ? ExitCodes.Done : ExitCodes.No;
    }

    private static async Task ExamineStoreAsync(OpenStore store, string environment, SettingsFile? settings, int workflows, List<DoctorReport.Finding> findings, CancellationToken cancellationToken)
    {
        if (workflows == 0)
        {
            findings.Add(new(null, Stops, "no_workflow", "no application has worked on this store.", "start one with UseSqlite on this file; or name another file with --store."));
        }

        var stamp = (await store.State.ReadAsync("", "environment", cancellationToken).ConfigureAwait(false))?.Value;
        if (stamp is not null && stamp != environment)
        {
            var allowed = settings is { AllowsOtherEnvironment: true };
            findings.Add(new(null, allowed ? Warns : Stops, "environment", $"the store belongs to environment '{stamp}' and would be used in '{environment}'{(allowed ? ", which HumanLoop:AllowOtherEnvironment lets through" : "")}: test and production do not mix.", $"a store of its own for '{environment}'; or --environment {stamp} if that is where it runs."));
        }
    }

    private static void ExamineSettings(SettingsFile settings, string workflow, List<DoctorReport.Finding> findings)
    {
        if (!settings.Workflows.Contains(workflow, StringComparer.OrdinalIgnoreCase))
        {
            findings.Add(new(workflow, Warns, "no_settings", "the settings have no section for it.", $"add HumanLoop:Workflows:{workflow}, or name the file that has it with --settings."));
            return;
        }

        findings.AddRange(settings.Problems(workflow).Select(problem => new DoctorReport.Finding(workflow, Stops, "settings", problem, "mend the settings; the application does not start with them.")));
    }

    private static string Text(DoctorReport report) => string.Join(
        Environment.NewLine,
        [
            .. report.Findings.SelectMany(finding => (string[])
            [
                $"{Word(finding.Severity)}  {finding.Workflow ?? "store"}: {finding.Problem}",
                $"       mend: {finding.Mend}",
            ]),
            report.Healthy ? "Nothing would stop it." : $"{report.Findings.Count(finding => finding.Severity == Stops)} would stop it.",
        ]);

    private static string Word(DoctorReport.Severity severity) => severity switch
    {
        Stops => "STOPS",
        Warns => "warns",
        _ => "notes",
    };
}
