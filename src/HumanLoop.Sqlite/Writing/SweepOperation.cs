using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Sqlite;

/// <summary>Does what time has made due.</summary>
internal sealed class SweepOperation(SweepRequest request, TimeProvider time)
{
    private readonly List<JournalEntry> _entries = [];
    private DateTimeOffset _now;
    private int _left;
    private int _forgotten;

    public SweepResult Run(SqliteSession session)
    {
        (_now, _left, _forgotten) = (time.GetUtcNow(), request.Max, 0);
        _entries.Clear();
        foreach (var policy in request.Policies)
        {
            if (session.Workflows.Find(policy.Workflow) is { } workflow)
            {
                Sweep(session, policy, workflow);
            }
        }

        // Full means that more may be due; but where nothing moved, asking again would move nothing.
        return new([.. _entries], _forgotten, _left == 0 && _entries.Count + _forgotten > 0);
    }

    private void Sweep(SqliteSession session, SweepPolicy policy, long workflow)
    {
        foreach (var item in Due(session, max => session.Items.Woken(workflow, _now, max)))
        {
            Wake(session, workflow, item);
        }

        if (policy.PayloadRetention is { } keep)
        {
            foreach (var item in Due(session, max => session.Items.Closed(workflow, erased: false, _now - keep, max)))
            {
                Erase(session, workflow, item);
            }
        }

        foreach (var erased in (bool[])[false, true])
        {
            foreach (var item in Due(session, max => session.Items.Closed(workflow, erased, _now - policy.IdempotencyWindow, max)))
            {
                Forget(session, workflow, item);
            }
        }
    }

    private IEnumerable<WorkItem> Due(SqliteSession session, Func<int, List<long>> find)
    {
        var due = _left == 0 ? [] : find(_left);
        _left -= due.Count;
        return due.Select(sequence => session.Items.Get(sequence)!);
    }

    private void Wake(SqliteSession session, long workflow, WorkItem item)
    {
        while (request.Next(item, _now) is { } next)
        {
            TransitionWriter.Write(session, workflow, item, next, _now);
            _entries.Add(next.Entry!);
            item = next.Item!;
        }
    }

    private void Erase(SqliteSession session, long workflow, WorkItem item)
    {
        var result = request.ErasesPayload(item, _now) ? new ErasePayload(item.Workflow, item.DecisionId).ApplyTo(item, null, _now) : null;
        if (result is { Entry: { } entry })
        {
            TransitionWriter.Write(session, workflow, item, result, _now);
            _entries.Add(entry);
        }
    }

    private void Forget(SqliteSession session, long workflow, WorkItem item)
    {
        if (request.Forgets(item, _now))
        {
            session.Payloads.Delete(item.Sequence);
            session.Items.Delete(item, workflow);
            _forgotten++;
        }
    }
}
