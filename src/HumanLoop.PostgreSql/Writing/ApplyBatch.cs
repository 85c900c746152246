using HumanLoop.Queueing;
using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>Moves items on, those of many callers in one transaction: it locks them in one order for all, asks the rules, and writes.</summary>
internal sealed class ApplyBatch(Database database, ClaimWatermarks watermarks)
{
    /// <summary>Applies and commits.</summary>
    public async Task CommitAsync(Session session, IReadOnlyList<ApplyOperation> operations)
    {
        var numbers = await NumbersAsync(session, operations).ConfigureAwait(false);
        var writer = await JudgeAsync(session.Begin(), operations, numbers).ConfigureAwait(false);
        writer.WriteTo(session);
        foreach (var operation in operations)
        {
            operation.Unconfirmed = operation.Answer!.IsApplied ? operation.Answer : null;
        }

        await session.CommitAsync().ConfigureAwait(false);
        writer.Committed(watermarks);
    }

    /// <summary>Applies within the caller's transaction.</summary>
    public async Task<TransitionResult> EnlistAsync(Session session, ApplyOperation operation)
    {
        var writer = await JudgeAsync(session, [operation], await NumbersAsync(session, [operation]).ConfigureAwait(false)).ConfigureAwait(false);
        writer.WriteTo(session);
        await session.RunAsync().ConfigureAwait(false);
        writer.Committed(watermarks);
        return operation.Answer!;
    }

    private async Task<Dictionary<string, int>> NumbersAsync(Session session, IReadOnlyList<ApplyOperation> operations)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in operations.Select(operation => operation.Transition.Workflow).Distinct())
        {
            if (await database.Workflows.FindAsync(session, name).ConfigureAwait(false) is { } number)
            {
                numbers[name] = number;
            }
        }

        return numbers;
    }

    private async Task<TransitionWriter> JudgeAsync(Session session, IReadOnlyList<ApplyOperation> operations, Dictionary<string, int> numbers)
    {
        // In one order for all, so that two who lock the same items never wait for each other.
        var ids = operations.Where(operation => numbers.ContainsKey(operation.Transition.Workflow)).Select(operation => (operation.Transition.Workflow, operation.Transition.DecisionId)).Distinct()
            .OrderBy(id => id.Workflow, StringComparer.Ordinal).ThenBy(id => id.DecisionId.Value, StringComparer.Ordinal).ToList();
        var items = await LockAsync(session, ids, numbers).ConfigureAwait(false);
        var done = operations.Any(operation => operation.Unconfirmed is not null) ? await ConfirmedAsync(session, operations, numbers).ConfigureAwait(false) : [];
        var now = database.Clock.Now;
        var writer = new TransitionWriter(now);
        foreach (var operation in operations)
        {
            var id = (operation.Transition.Workflow, operation.Transition.DecisionId);
            if (done.Contains(operation))
            {
                operation.Answer = operation.Unconfirmed;
            }
            else if (items.TryGetValue(id, out var item))
            {
                var result = operation.Transition.ApplyTo(item, operation.ExpectedRevision, now);
                writer.Add(item, result, numbers[id.Workflow]);
                items[id] = result.IsApplied ? result.Item! : item;
                operation.Answer = result;
            }
            else
            {
                operation.Answer = TransitionResult.NotFound;
            }
        }

        return writer;
    }

    private static async Task<Dictionary<(string Workflow, DecisionId Id), WorkItem>> LockAsync(Session session, List<(string Workflow, DecisionId Id)> ids, Dictionary<string, int> numbers)
    {
        var items = new Dictionary<(string, DecisionId), WorkItem>();
        NpgsqlParameter[] Ids() => [Parameters.Of([.. ids.Select(id => numbers[id.Workflow])]), Parameters.Of([.. ids.Select(id => (string?)id.Id.Value)])];
        session.Add(session.Sql.Lock, Ids()).Add(session.Sql.PayloadsOfIds, Ids());
        var reader = await session.SendAsync().ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var locked = await Session.RowsAsync(reader, row => ItemRows.Read(row, 0, 1)).ConfigureAwait(false);
            await reader.NextResultAsync().ConfigureAwait(false);
            var payloads = (await Session.RowsAsync(reader, ItemRows.ReadPayload).ConfigureAwait(false)).ToDictionary(row => row.Sequence, row => row.Payload);
            foreach (var item in locked)
            {
                items[(item.Workflow, item.DecisionId)] = item with { Payload = payloads.GetValueOrDefault(item.Sequence) };
            }
        }

        return items;
    }

    /// <summary>Those whose entries are in the journal, so that the commit whose end was not known did happen.</summary>
    private static async Task<HashSet<ApplyOperation>> ConfirmedAsync(Session session, IReadOnlyList<ApplyOperation> operations, Dictionary<string, int> numbers)
    {
        var confirmed = new HashSet<ApplyOperation>();
        foreach (var operation in operations)
        {
            if (operation.Unconfirmed?.Entry is { } entry && await JournalRows.HasAsync(session, entry, numbers[entry.Workflow]).ConfigureAwait(false))
            {
                confirmed.Add(operation);
            }
        }

        return confirmed;
    }
}
