using System.Text.Json;
using HumanLoop.Queueing;

namespace HumanLoop.GroupCommit;

/// <summary>Columns of an item that only serve to find it; the rules judge its facts.</summary>
internal static class ItemColumns
{
    /// <summary>What is added to the readiness of work that is not ready.</summary>
    public const short Parked = 2;

    /// <summary>The column <c>lane</c>: what the item may be claimed for (0 a review, 1 an effect), plus <see cref="Parked"/> while it is not ready; null where
    /// it may not be claimed.</summary>
    public static short? ReadinessOf(WorkItem item, DateTimeOffset now)
    {
        short? purpose = item.State switch
        {
            DecisionState.Pending => 0,
            DecisionState.ActDue => 1,
            _ => null,
        };
        return item.ReadyAt <= now ? purpose : (short?)(purpose + Parked);
    }

    /// <summary>The column <c>barred</c>: a JSON array of the reviewers who may not claim the item; null for none.</summary>
    public static string? BarredFrom(WorkItem item) =>
        item is { State: DecisionState.Pending, Barred: { Count: > 0 } barred } ? $"[{string.Join(',', barred.Select(Quoted))}]" : null;

    /// <summary>A name as it stands in that array, so that no name is found as a part of another.</summary>
    public static string Quoted(string name) => $"\"{JsonEncodedText.Encode(name)}\"";
}
