using HumanLoop.Queueing;

namespace HumanLoop.Sqlite;

/// <summary>Leases the most urgent free items that a holder may have.</summary>
internal sealed class ClaimOperation(ClaimRequest request, TimeProvider time)
{
    public IReadOnlyList<WorkItem> Run(SqliteSession session)
    {
        var now = time.GetUtcNow();
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
                    TransitionWriter.Write(session, session.Workflows.FindOrAdd(item.Workflow), item, result, now);
                    claimed.Add(result.Item!);
                }
            }

            after = candidates[^1];
        }

        return claimed;
    }
}
