using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Sqlite;

/// <summary>Existing work moved on, within the writer's transaction: the rules say what an item becomes, and both it and its entry are written.</summary>
internal static class Moving
{
    public static TransitionResult Apply(SqliteSession session, Transition transition, long? expectedRevision, DateTimeOffset now)
    {
        if (session.Workflows.Find(transition.Workflow) is not { } workflow || session.Items.Find(workflow, transition.DecisionId) is not { } item)
        {
            return TransitionResult.NotFound;
        }

        var result = transition.ApplyTo(item, expectedRevision, now);
        Write(session, workflow, item, result, now);
        return result;
    }

    public static IReadOnlyList<WorkItem> Claim(SqliteSession session, ClaimRequest request, DateTimeOffset now)
    {
        var claimed = new List<WorkItem>();
        var workflows = session.Workflows.Find(request.Workflows);
        session.Items.Unpark(now);
        var after = QueuePosition.First;
        var candidates = new List<QueuePosition>();
        while (claimed.Count < request.Max)
        {
            var wanted = request.Max - claimed.Count;
            candidates.Clear();
            foreach (var workflow in workflows)
            {
                session.Items.Free(candidates, workflow, request, after, wanted);
            }

            ItemTable.KeepFirst(candidates, wanted);
            if (candidates.Count == 0)
            {
                break;
            }

            // The columns only propose; the rule decides, so one that it refuses is passed over and the next ones are looked at.
            foreach (var candidate in candidates)
            {
                var item = session.Items.Get(candidate.Sequence)!;
                var result = request.Take(item, now);
                if (result.IsApplied)
                {
                    Write(session, session.Workflows.FindOrAdd(item.Workflow), item, result, now);
                    claimed.Add(result.Item!);
                }
            }

            after = candidates[^1];
        }

        return claimed;
    }

    public static SweepResult Sweep(SqliteSession session, SweepRequest request, DateTimeOffset now)
    {
        var entries = new List<JournalEntry>();
        var left = request.Max;
        var forgotten = 0;
        foreach (var policy in request.Policies)
        {
            if (session.Workflows.Find(policy.Workflow) is not { } workflow)
            {
                continue;
            }

            foreach (var sequence in Due(session.Items.Woken, left))
            {
                Wake(session, request, workflow, session.Items.Get(sequence)!, now, entries);
            }

            if (policy.PayloadRetention is { } keep)
            {
                foreach (var sequence in Due((w, n, max) => session.Items.Closed(w, erased: false, n - keep, max), left))
                {
                    Erase(session, request, workflow, session.Items.Get(sequence)!, now, entries);
                }
            }

            foreach (var erased in (ReadOnlySpan<bool>)[false, true])
            {
                foreach (var sequence in Due((w, n, max) => session.Items.Closed(w, erased, n - policy.IdempotencyWindow, max), left))
                {
                    forgotten += Forget(session, request, workflow, session.Items.Get(sequence)!, now);
                }
            }

            List<long> Due(Func<long, DateTimeOffset, int, List<long>> find, int max)
            {
                var due = max == 0 ? [] : find(workflow, now, max);
                left -= due.Count;
                return due;
            }
        }

        // Full means that more may be due; but where nothing moved, asking again would move nothing.
        return new(entries, forgotten, left == 0 && entries.Count + forgotten > 0);
    }

    private static void Wake(SqliteSession session, SweepRequest request, long workflow, WorkItem item, DateTimeOffset now, List<JournalEntry> entries)
    {
        while (request.Next(item, now) is { } next)
        {
            Write(session, workflow, item, next, now);
            entries.Add(next.Entry!);
            item = next.Item!;
        }
    }

    private static void Erase(SqliteSession session, SweepRequest request, long workflow, WorkItem item, DateTimeOffset now, List<JournalEntry> entries)
    {
        var result = request.ErasesPayload(item, now) ? new ErasePayload(item.Workflow, item.DecisionId).ApplyTo(item, null, now) : null;
        if (result is { Entry: { } entry })
        {
            Write(session, workflow, item, result, now);
            entries.Add(entry);
        }
    }

    private static int Forget(SqliteSession session, SweepRequest request, long workflow, WorkItem item, DateTimeOffset now)
    {
        if (!request.Forgets(item, now))
        {
            return 0;
        }

        session.Payloads.Delete(item.Sequence);
        session.Items.Delete(item, workflow);
        return 1;
    }

    private static void Write(SqliteSession session, long workflow, WorkItem before, TransitionResult result, DateTimeOffset now)
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
