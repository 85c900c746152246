using HumanLoop.Diagnostics;
using HumanLoop.Journaling;
using HumanLoop.Running;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Hosting;

/// <summary>The pause that all processes of a store share, kept as one small document for each workflow.</summary>
internal sealed class WorkflowSwitch(IEnumerable<Workflow> workflows, IWorkflowState state, ILogger<WorkflowSwitch> logger) : IStartTask
{
    private const string Document = "pause";
    private const string PausedText = "paused";
    private const string RunningText = "running";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    public Task StartAsync() => RefreshAsync(CancellationToken.None);

    /// <summary>Follows what other processes did.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (var workflow in workflows)
        {
            var document = await state.ReadAsync(workflow.Name, Document, cancellationToken).ConfigureAwait(false);
            Follow(workflow, document?.Value == PausedText, document?.Version ?? 0);
        }
    }

    public async Task PauseAsync(Workflow workflow, string by, string reason)
    {
        // First here, then in the store: whatever the store says, this process stops.
        BeginPause(workflow);
        var version = 0L;
        try
        {
            version = await WriteAsync(workflow, PausedText, new WorkflowPaused { Workflow = workflow.Name, Actor = by, Reason = reason }).ConfigureAwait(false);
        }
        finally
        {
            EndPause(workflow, version);
        }
    }

    public async Task ResumeAsync(Workflow workflow, string by)
    {
        var version = await WriteAsync(workflow, RunningText, new WorkflowResumed { Workflow = workflow.Name, Actor = by }).ConfigureAwait(false);
        Follow(workflow, paused: false, version);
    }

    /// <summary>The version at which the document says so.</summary>
    private async Task<long> WriteAsync(Workflow workflow, string value, JournalEntry entry)
    {
        while (true)
        {
            var document = await state.ReadAsync(workflow.Name, Document).ConfigureAwait(false);
            var version = document?.Version ?? 0;
            if (document?.Value == value)
            {
                return version;
            }

            if (await state.WriteAsync(workflow.Name, Document, value, version, entry).ConfigureAwait(false))
            {
                return version + 1;
            }
        }
    }

    private void BeginPause(Workflow workflow)
    {
        lock (_gate)
        {
            var seen = _seen.GetValueOrDefault(workflow.Name);
            _seen[workflow.Name] = seen with { Pausing = seen.Pausing + 1 };
            Set(workflow, paused: true);
        }
    }

    private void EndPause(Workflow workflow, long version)
    {
        lock (_gate)
        {
            var seen = _seen[workflow.Name];
            _seen[workflow.Name] = new(Math.Max(seen.Version, version), seen.Pausing - 1);
        }
    }

    /// <summary>What was read before a pause began here, or before what is known already, is old news and undoes nothing.</summary>
    private void Follow(Workflow workflow, bool paused, long version)
    {
        lock (_gate)
        {
            var seen = _seen.GetValueOrDefault(workflow.Name);
            if (version >= seen.Version && (paused || seen.Pausing == 0))
            {
                _seen[workflow.Name] = seen with { Version = version };
                Set(workflow, paused);
            }
        }
    }

    private void Set(Workflow workflow, bool paused)
    {
        if (workflow.PauseInStore(paused))
        {
            if (paused)
            {
                logger.Paused(workflow.Name);
            }
            else
            {
                logger.Resumed(workflow.Name);
            }
        }
    }

    /// <summary>The newest version of a workflow's document that was followed, and how many pauses are being written.</summary>
    private readonly record struct Seen(long Version, int Pausing);
}
