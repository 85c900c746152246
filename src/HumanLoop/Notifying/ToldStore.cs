using System.Text.Json;
using HumanLoop.Journaling;

namespace HumanLoop.Notifying;

/// <summary>Remembers what owners were told of their scorecards, so that a target that stays reached is told once, by whichever process notices.</summary>
internal sealed class ToldStore(IWorkflowState state)
{
    /// <summary>Writes down what holds now, and journals what has come to hold.</summary>
    /// <returns>The journaled entries; none where it was known.</returns>
    /// <exception cref="StoreMismatchException">The document was written by a newer version of the library.</exception>
    public async Task<IReadOnlyList<JournalEntry>> RecordAsync(string workflow, bool? targetReached, bool? guardMissed, MetricOptions metric, CancellationToken cancellationToken)
    {
        while (true)
        {
            var stored = await state.ReadAsync(workflow, ToldDocument.Name, cancellationToken).ConfigureAwait(false);
            var known = stored is null ? new() : Read(workflow, stored);
            var now = known with { TargetReached = targetReached ?? known.TargetReached, GuardMissed = guardMissed ?? known.GuardMissed };
            if (now == known)
            {
                return [];
            }

            var entries = new List<JournalEntry>();
            if (now.TargetReached && !known.TargetReached)
            {
                entries.Add(new TargetReached { Workflow = workflow, Metric = metric.Name });
            }

            if (now.GuardMissed && !known.GuardMissed)
            {
                entries.Add(new GuardMissed { Workflow = workflow, Guard = metric.Guard?.Name ?? "" });
            }

            if (await state.WriteAsync([new(workflow, ToldDocument.Name, JsonSerializer.Serialize(now, NotifyingJsonContext.Default.ToldDocument), stored?.Version ?? 0)], entries, CancellationToken.None).ConfigureAwait(false))
            {
                return entries;
            }
        }
    }

    private static ToldDocument Read(string workflow, StateDocument stored)
    {
        try
        {
            return JsonSerializer.Deserialize(stored.Value, NotifyingJsonContext.Default.ToldDocument) is { Version: 1 } document
                ? document
                : throw new StoreMismatchException($"What the owner of workflow '{workflow}' was told was written by a newer version of the library. Upgrade.");
        }
        catch (JsonException unreadable)
        {
            throw new StoreMismatchException($"What the owner of workflow '{workflow}' was told cannot be read: {unreadable.Message}");
        }
    }
}
