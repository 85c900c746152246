using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Sqlite;

/// <summary>Writes what the rules made of an item, together with its journal entry, within the writer's transaction.</summary>
internal static class TransitionWriter
{
    public static void Write(SqliteSession session, long workflow, WorkItem before, TransitionResult result, DateTimeOffset now)
    {
        if (result is not { IsApplied: true, Item: { } item, Entry: { } entry })
        {
            return;
        }

        _ = session.Journal.Append(workflow, entry, JournalJson.Write(entry))
            ?? throw new StoreException($"Entry {entry.Version} of '{entry.Workflow}/{entry.DecisionId}' is in the journal, but its item is still at version {before.Version}. Somebody else wrote to the journal; restore the file from a backup.");
        session.Items.Update(before, item, workflow, now);
        if (item.IsErased)
        {
            session.Payloads.Delete(item.Sequence);
        }
        else if (item.Payload is { } payload && payload != before.Payload)
        {
            session.Payloads.Update(item.Sequence, payload);
        }
    }
}
