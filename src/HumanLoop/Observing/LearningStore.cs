using System.Text.Json;
using HumanLoop.Adapting;
using HumanLoop.Journaling;

namespace HumanLoop.Observing;

/// <summary>Reads and writes what workflows have learnt, and the settings that it depends on.</summary>
internal sealed class LearningStore(IWorkflowState state)
{
    private const string SettingsDocument = "threshold-settings";

    /// <summary>What a workflow has learnt so far.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="controllers">Makes the controllers.</param>
    /// <param name="toLearn">Whether it is to go on from here. To be read only, it comes without the decisions that wait: there may be a million.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="StoreMismatchException">It was written by a newer version of the library.</exception>
    public async Task<WorkflowLearning> LoadAsync(string workflow, Func<ThresholdSettings, IThresholdController> controllers, bool toLearn, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (await state.ReadAsync(workflow, LearningDocument.Name, cancellationToken).ConfigureAwait(false) is not { } list)
                {
                    return new(workflow, controllers);
                }

                if (JsonSerializer.Deserialize(list.Value, AdaptingJsonContext.Default.LearningDocument) is not { Version: 1 } document)
                {
                    throw new FormatException($"'{LearningDocument.Name}' is of a newer version. Upgrade the library.");
                }

                var groups = new List<StoredEvidence>();
                foreach (var group in document.Groups)
                {
                    if (await state.ReadAsync(workflow, group.Document, cancellationToken).ConfigureAwait(false) is { Value.Length: > 0 } stored)
                    {
                        var evidence = StoredEvidence.Of(group, stored);
                        groups.Add(toLearn ? evidence with { Aside = await ReadAsideAsync(workflow, group, evidence.Document.Aside, cancellationToken).ConfigureAwait(false) } : evidence);
                    }
                }

                // A writer meanwhile writes the list too; then what was read does not belong together.
                if (groups.Count == document.Groups.Count && (await state.ReadAsync(workflow, LearningDocument.Name, cancellationToken).ConfigureAwait(false))?.Version == list.Version)
                {
                    return WorkflowLearning.Load(workflow, document, list.Version, groups, controllers);
                }
            }
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            throw new StoreMismatchException($"What workflow '{workflow}' has learnt cannot be read: {unreadable.Message}");
        }
    }

    private async Task<IReadOnlyList<StateDocument>> ReadAsideAsync(string workflow, GroupDocument group, AsideDocument? aside, CancellationToken cancellationToken)
    {
        var documents = new List<StateDocument>();
        for (var number = 0; number < aside?.Given; number++)
        {
            documents.Add(await state.ReadAsync(workflow, WaitingDocuments.NameOf(group, number), cancellationToken).ConfigureAwait(false)
                ?? throw new FormatException($"'{WaitingDocuments.NameOf(group, number)}' is missing."));
        }

        return documents;
    }

    /// <summary>What routers judge by, as published last; null when nothing was after a version that is known.</summary>
    public async Task<(ThresholdsDocument? Document, long Version)> ReadThresholdsAsync(string workflow, long known, CancellationToken cancellationToken)
    {
        var stored = await state.ReadAsync(workflow, ThresholdsDocument.Name, cancellationToken).ConfigureAwait(false);
        if (stored is null || stored.Version <= known)
        {
            return (null, stored?.Version ?? 0);
        }

        try
        {
            return JsonSerializer.Deserialize(stored.Value, AdaptingJsonContext.Default.ThresholdsDocument) is { Version: 1 } document
                ? (document, stored.Version)
                : throw new StoreMismatchException($"The thresholds of workflow '{workflow}' were written by a newer version of the library. Upgrade.");
        }
        catch (JsonException unreadable)
        {
            throw new StoreMismatchException($"The thresholds of workflow '{workflow}' cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>Writes everything in one commit.</summary>
    /// <returns>Whether it was written; if not, another process has.</returns>
    public ValueTask<bool> CommitAsync(IReadOnlyList<StateWrite> documents, IReadOnlyList<JournalEntry> entries) => state.WriteAsync(documents, entries);

    /// <summary>Journals what a person decided on a workflow's thresholds, for the projector to read.</summary>
    public async Task TellAsync(params IReadOnlyList<JournalEntry> entries) => await state.WriteAsync([], entries).ConfigureAwait(false);

    /// <summary>The settings that are on record; null for a workflow that no application has started.</summary>
    public async Task<ThresholdSettings?> ReadSettingsAsync(string workflow, CancellationToken cancellationToken) =>
        await state.ReadAsync(workflow, SettingsDocument, cancellationToken).ConfigureAwait(false) is { } stored
            ? JsonSerializer.Deserialize(stored.Value, AdaptingJsonContext.Default.ThresholdSettings)
            : null;

    /// <summary>Writes the settings that learning depends on into the journal, unless they are there.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="wanted">The settings.</param>
    /// <param name="onlyFirst">Whether settings that are there are left as they are: only the evidence writer follows changes, so that two configurations do not
    /// take turns.</param>
    public async Task RecordSettingsAsync(string workflow, ThresholdSettings wanted, bool onlyFirst)
    {
        while (true)
        {
            var stored = await state.ReadAsync(workflow, SettingsDocument).ConfigureAwait(false);
            if (stored is not null && (onlyFirst || JsonSerializer.Deserialize(stored.Value, AdaptingJsonContext.Default.ThresholdSettings) == wanted))
            {
                return;
            }

            var entry = new ThresholdSettingsChanged { Settings = wanted };
            if (await state.WriteAsync(workflow, SettingsDocument, JsonSerializer.Serialize(wanted, AdaptingJsonContext.Default.ThresholdSettings), stored?.Version ?? 0, entry).ConfigureAwait(false))
            {
                return;
            }
        }
    }
}
