using HumanLoop.GroupCommit;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql;

/// <summary>Does what time has made due, in one transaction. What others hold is theirs to do: every process sweeps, and none waits for another.</summary>
internal sealed class SweepOperation(Database database, ClaimWatermarks watermarks, SweepRequest request)
{
    private readonly List<JournalEntry> _entries = [];
    private readonly List<TransitionWriter> _writers = [];
    private DateTimeOffset _now;
    private int _left;
    private int _forgotten;

    public async Task<SweepResult> RunAsync(Session session)
    {
        (_now, _left, _forgotten) = (database.Clock.Now, request.Max, 0);
        _entries.Clear();
        _writers.Clear();
        var workflows = await database.Workflows.FindAsync(session, [.. request.Policies.Select(policy => policy.Workflow)]).ConfigureAwait(false);
        session.Begin();
        foreach (var policy in request.Policies)
        {
            foreach (var workflow in workflows.Where(pair => pair.Value == policy.Workflow).Select(pair => pair.Key).Take(1))
            {
                await SweepAsync(session, policy, workflow).ConfigureAwait(false);
            }
        }

        await session.CommitAsync().ConfigureAwait(false);
        _writers.ForEach(writer => writer.Committed(watermarks));

        // Full means that more may be due; but where nothing moved, asking again would move nothing.
        return new([.. _entries], _forgotten, _left == 0 && _entries.Count + _forgotten > 0);
    }

    private async Task SweepAsync(Session session, SweepPolicy policy, int workflow)
    {
        var writer = new TransitionWriter(_now);
        foreach (var item in await DueAsync(session, session.Sql.WokenIds, workflow, null, _now).ConfigureAwait(false))
        {
            var before = item;
            while (request.Next(before, _now) is { } next)
            {
                writer.Add(before, next, workflow);
                _entries.Add(next.Entry!);
                before = next.Item!;
            }
        }

        await WriteAsync(session, writer).ConfigureAwait(false);
        if (policy.PayloadRetention is { } keep)
        {
            writer = new TransitionWriter(_now);
            foreach (var item in await DueAsync(session, session.Sql.ClosedIds, workflow, false, _now - keep).ConfigureAwait(false))
            {
                var result = request.ErasesPayload(item, _now) ? new ErasePayload(item.Workflow, item.DecisionId).ApplyTo(item, null, _now) : null;
                if (result is { Entry: { } entry })
                {
                    writer.Add(item, result, workflow);
                    _entries.Add(entry);
                }
            }

            await WriteAsync(session, writer).ConfigureAwait(false);
        }

        foreach (var erased in (bool[])[false, true])
        {
            var old = (await DueAsync(session, session.Sql.ClosedIds, workflow, erased, _now - policy.IdempotencyWindow).ConfigureAwait(false)).Where(item => request.Forgets(item, _now)).Select(item => item.Sequence).ToArray();
            if (old.Length > 0)
            {
                await session.Add(session.Sql.Forget, Parameters.Of(old)).Add(session.Sql.DeletePayload, Parameters.Of(old)).RunAsync().ConfigureAwait(false);
                _forgotten += old.Length;
            }
        }
    }

    private async Task<List<WorkItem>> DueAsync(Session session, string statement, int workflow, bool? erased, DateTimeOffset until)
    {
        if (_left == 0)
        {
            return [];
        }

        List<Npgsql.NpgsqlParameter> parameters = [Parameters.Of(workflow), Parameters.Of(StoredTime.Of(until)), Parameters.Of((long)_left)];
        if (erased is { } which)
        {
            parameters.Insert(1, Parameters.Of(which));
        }

        var due = await session.Add(statement, [.. parameters]).ReadAsync(row => ItemRows.Read(row, 0, 1)).ConfigureAwait(false);
        _left -= due.Count;
        return due;
    }

    private async Task WriteAsync(Session session, TransitionWriter writer)
    {
        writer.WriteTo(session);
        await session.RunAsync().ConfigureAwait(false);
        _writers.Add(writer);
    }
}
