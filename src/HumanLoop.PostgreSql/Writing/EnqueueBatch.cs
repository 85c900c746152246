using HumanLoop.GroupCommit;
using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql;

/// <summary>Records new work, that of many callers in one statement.</summary>
internal sealed class EnqueueBatch(Database database, ClaimWatermarks watermarks)
{
    /// <summary>Records and commits.</summary>
    public async Task CommitAsync(Session session, IReadOnlyList<EnqueueOperation> operations)
    {
        var numbers = await database.Workflows.FindOrAddAsync(session, operations.SelectMany(operation => operation.Items).Select(item => item.Workflow)).ConfigureAwait(false);
        await RecordAsync(session, [.. operations.Where(operation => !operation.IsLimited)], numbers, commits: true).ConfigureAwait(false);
        if (operations.Any(operation => operation.IsLimited))
        {
            session.Begin();
            await RecordAsync(session, [.. operations.Where(operation => operation.IsLimited)], numbers, commits: true).ConfigureAwait(false);
        }
    }

    /// <summary>Records within the caller's transaction.</summary>
    public async Task EnlistAsync(Session session, EnqueueOperation operation)
    {
        var numbers = await database.Workflows.FindOrAddAsync(session, operation.Items.Select(item => item.Workflow)).ConfigureAwait(false);
        await RecordAsync(session, [operation], numbers, commits: false).ConfigureAwait(false);
    }

    private async Task RecordAsync(Session session, IReadOnlyList<EnqueueOperation> operations, Dictionary<string, int> numbers, bool commits)
    {
        var work = new List<New>();
        foreach (var operation in operations)
        {
            operation.Answer = new EnqueueResult[operation.Items.Length];
            for (var i = 0; i < operation.Items.Length; i++)
            {
                work.Add(new(operation, i, numbers[operation.Items[i].Workflow]));
            }
        }

        if (work.Count == 0)
        {
            return;
        }

        var limited = operations.Any(operation => operation.IsLimited);
        if (limited)
        {
            work = await MakeRoomAsync(session, work).ConfigureAwait(false);
        }

        var recorded = await InsertAsync(session, work, commits: limited && commits).ConfigureAwait(false);
        foreach (var one in recorded)
        {
            watermarks.Lower(one.Item);
        }

        await AnswerKnownAsync(session, [.. work.Except(recorded)], commits).ConfigureAwait(false);
    }

    /// <summary>Takes turns at filling up the queues, and refuses what does not fit. An id that is known is not new work, however full the queue is.</summary>
    private static async Task<List<New>> MakeRoomAsync(Session session, List<New> work)
    {
        int[] limited = [.. work.Where(one => one.Limit is not null).Select(one => one.Workflow).Distinct()];
        await session.Add(session.Sql.LockWorkflows, Parameters.Of(limited)).RunAsync().ConfigureAwait(false);

        // Statements of their own: only these see what was committed while the lock was waited for.
        var known = (await session.Add(session.Sql.Find, Ids(work)).ReadAsync(row => (Place: row.GetInt32(6), IsForgotten: row.GetInt16(1) < 0)).ConfigureAwait(false))
            .Where(row => !row.IsForgotten).Select(row => work[row.Place - 1]).ToHashSet();
        var pending = new Dictionary<int, long>();
        foreach (var workflow in limited)
        {
            var most = work.Where(one => one.Workflow == workflow).Max(one => one.Limit ?? 0);
            session.Add(session.Sql.CountAwaited, Parameters.Of(workflow), Parameters.Of((long)most));
            pending[workflow] = (await session.ReadAsync(row => row.GetInt64(0)).ConfigureAwait(false))[0];
        }

        var ids = new HashSet<(int, string)>();
        var fits = new List<New>();
        foreach (var one in work)
        {
            var isNew = !known.Contains(one) && ids.Add((one.Workflow, one.Item.DecisionId.Value));
            if (isNew && one.Item.CountsAsPending && pending.TryGetValue(one.Workflow, out var count))
            {
                if (one.Limit is { } limit && count >= limit)
                {
                    one.Answer(new(RoutingStatus.Refused, null));
                    continue;
                }

                pending[one.Workflow] = count + 1;
            }

            fits.Add(one);
        }

        return fits;
    }

    private static async Task<List<New>> InsertAsync(Session session, List<New> work, bool commits)
    {
        session.Add(
            session.Sql.Enqueue,
            [
                Parameters.Of([.. work.Select(one => one.Workflow)]),
                Parameters.Of([.. work.Select(one => (string?)one.Item.DecisionId.Value)]),
                Parameters.Of([.. work.Select(one => (short)one.Item.State)]),
                Parameters.Of([.. work.Select(one => QueuePosition.Of(one.Item).Due)]),
                Parameters.Of([.. work.Select(one => StoredTime.Of(one.Item.ReadyAt))]),
                Parameters.Of([.. work.Select(one => StoredTime.Of(one.Item.WakeAt))]),
                Parameters.Of([.. work.Select(one => StoredTime.Of(one.Item.ClosedAt))]),
                Parameters.Of([.. work.Select(one => one.Item.CountsAsPending)]),
                Parameters.Of([.. work.Select(one => ItemColumns.ReadinessOf(one.Item, one.Operation.Now))]),
                Parameters.Of([.. work.Select(one => (string?)ClaimLane.Of(one.Item))]),
                Parameters.Of([.. work.Select(one => one.Item.Routed.Segment)]),
                Parameters.Utf8([.. work.Select(one => one.Operation.Facts[one.Index])]),
                Parameters.Utf8([.. work.Select(one => one.Operation.Bodies[one.Index])]),
                Parameters.Of([.. work.Select(one => (byte[]?)one.Payload.Proposal.ToArray())]),
                Parameters.Of([.. work.Select(one => one.Operation.Details[one.Index])]),
                Parameters.Of([.. work.Select(one => one.Payload.Subject)]),
                Parameters.Of([.. work.Select(one => one.Operation.Now.UtcDateTime)]),
            ]);
        if (commits)
        {
            session.Add("COMMIT");
        }

        foreach (var operation in work.Select(one => one.Operation).Distinct())
        {
            operation.Attempts++;
        }

        var recorded = new List<New>();
        foreach (var (sequence, place) in await session.ReadAsync(row => (row.GetInt64(0), row.GetInt32(1))).ConfigureAwait(false))
        {
            var one = work[place - 1];
            one.Answer(new(RoutingStatus.Recorded, one.Item with { Sequence = sequence }));
            recorded.Add(one);
        }

        return recorded;
    }

    private async Task AnswerKnownAsync(Session session, IReadOnlyList<New> known, bool commits)
    {
        if (known.Count == 0)
        {
            return;
        }

        session.Add(session.Sql.Find, Ids(known));
        var found = await session.ReadAsync(ItemRows.ReadFound).ConfigureAwait(false);
        var ours = new HashSet<long>();
        foreach (var (place, item) in found.OrderBy(row => row.Place))
        {
            var one = known[place - 1];
            if (item is null)
            {
                await ReviveAsync(session, one, commits).ConfigureAwait(false);
            }
            else
            {
                // A commit whose end was not known is repeated and finds its own work. If something has happened to it since, it is others' work now.
                var isOurs = one.Operation.Attempts > 1 && item.Version == 1 && item.Routed == one.Item.Routed && ours.Add(item.Sequence);
                one.Answer(new(isOurs ? RoutingStatus.Recorded : RoutingStatus.AlreadyRecorded, item));
            }
        }
    }

    /// <summary>The id was used before and forgotten. Its journal stays, so the new stream goes on where the old one ended.</summary>
    private async Task ReviveAsync(Session session, New one, bool commits)
    {
        if (commits)
        {
            session.Begin();
        }

        session.Add(session.Sql.LockForgotten, Parameters.Of(one.Workflow), Parameters.Of(one.Item.DecisionId.Value));
        if (await session.ReadAsync(row => row.GetInt64(0)).ConfigureAwait(false) is not [var last])
        {
            // Somebody else was quicker.
            if (commits)
            {
                await session.CommitAsync().ConfigureAwait(false);
            }

            await AnswerKnownAsync(session, [one], commits).ConfigureAwait(false);
            return;
        }

        var routed = one.Item.Routed with { Version = last + 1 };
        session.Add(session.Sql.JournalForPositions, JournalRows.Columns([(routed, one.Workflow)]));
        var sequence = (await session.ReadAsync(row => row.GetInt64(0)).ConfigureAwait(false))[0];
        var item = WorkItem.Begin(routed, one.Payload) with { Sequence = sequence };
        session.Add(session.Sql.Revive, ItemRows.Columns([(item, one.Workflow)], one.Operation.Now));
        session.Add(
            session.Sql.InsertPayload,
            Parameters.Of([sequence]),
            Parameters.Of([one.Payload.Proposal.ToArray()]),
            Parameters.Of([one.Operation.Details[one.Index]]),
            Parameters.Of([one.Payload.Subject]));
        if (commits)
        {
            session.Add("COMMIT");
        }

        await session.RunAsync().ConfigureAwait(false);
        watermarks.Lower(item);
        one.Answer(new(RoutingStatus.Recorded, item));
    }

    private static Npgsql.NpgsqlParameter[] Ids(IReadOnlyList<New> work) =>
        [Parameters.Of([.. work.Select(one => one.Workflow)]), Parameters.Of([.. work.Select(one => (string?)one.Item.DecisionId.Value)])];

    /// <summary>One piece of new work, and where its answer goes.</summary>
    private sealed record New(EnqueueOperation Operation, int Index, int Workflow)
    {
        public WorkItem Item => Operation.Items[Index];

        public WorkPayload Payload => Operation.Batch[Index].Payload;

        public int? Limit => Operation.Batch[Index] is { MaxPending: { } most, Routed.IsDrawn: true } ? most : null;

        public void Answer(EnqueueResult result) => ((EnqueueResult[])Operation.Answer!)[Index] = result;
    }
}
