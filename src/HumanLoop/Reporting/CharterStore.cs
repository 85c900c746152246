using System.Text.Json;
using HumanLoop.Journaling;

namespace HumanLoop.Reporting;

/// <summary>Keeps each workflow's charter in the store, so that a reader of the store alone can tell what it was set up for.</summary>
internal sealed class CharterStore(IWorkflowState state)
{
    /// <exception cref="StoreMismatchException">It was written by a newer version of the library.</exception>
    public async Task<Charter?> ReadAsync(string workflow, CancellationToken cancellationToken)
    {
        if (await state.ReadAsync(workflow, CharterDocument.Name, cancellationToken).ConfigureAwait(false) is not { } stored)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(stored.Value, ReportingJsonContext.Default.CharterDocument) is { Version: 1 } document
                ? document.Charter
                : throw new StoreMismatchException($"The charter of workflow '{workflow}' was written by a newer version of the library. Upgrade.");
        }
        catch (JsonException unreadable)
        {
            throw new StoreMismatchException($"The charter of workflow '{workflow}' cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>Writes a charter down, unless it is there.</summary>
    public async Task RecordAsync(string workflow, Charter charter, CancellationToken cancellationToken)
    {
        var wanted = Write(charter);
        while (await state.ReadAsync(workflow, CharterDocument.Name, cancellationToken).ConfigureAwait(false) is var stored && stored?.Value != wanted)
        {
            if (await state.WriteAsync(workflow, CharterDocument.Name, wanted, stored?.Version ?? 0, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    public static string Write(Charter charter) => JsonSerializer.Serialize(new CharterDocument { Charter = charter }, ReportingJsonContext.Default.CharterDocument);
}
