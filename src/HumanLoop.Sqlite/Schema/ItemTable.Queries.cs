using HumanLoop.GroupCommit;
using HumanLoop.Queueing;

namespace HumanLoop.Sqlite;

internal sealed partial class ItemTable
{
    // So that one claim after a long outage of what the effects act on does not wake a million of them at once.
    private const int MostUnparked = 5_000;

    private const string FreeAfterLast = "lane = ?5 AND workflow = ?6 AND assignee = ?7 AND (barred IS NULL OR ?8 IS NULL OR instr(barred, ?8) = 0) AND " + AfterLast;

    private readonly Statement _unpark = statements.Prepare("""
        UPDATE humanloop_item SET lane = lane - 2 WHERE sequence IN (
            SELECT sequence FROM humanloop_item INDEXED BY humanloop_item_parked WHERE lane >= 2 AND ready_at <= ?1 ORDER BY ready_at LIMIT ?2)
        """);

    private readonly Statement _free = statements.Prepare("SELECT rank, due, sequence FROM humanloop_item INDEXED BY humanloop_item_claim WHERE " + FreeAfterLast);

    private readonly Statement _freeOfSegment = statements.Prepare(
        "SELECT rank, due, sequence FROM humanloop_item INDEXED BY humanloop_item_claim_segment WHERE segment = ?9 AND " + FreeAfterLast);

    // One step down the index for each distinct set of skills that is asked for, however much work asks for it.
    private readonly Statement _nextSkills = statements.Prepare(
        "SELECT min(assignee) FROM humanloop_item INDEXED BY humanloop_item_claim WHERE lane = 0 AND workflow = ?1 AND assignee > ?2 AND assignee < ?3");

    private readonly Statement _listed = statements.Prepare("""
        SELECT rank, due, sequence FROM humanloop_item INDEXED BY humanloop_item_list
        WHERE workflow = ?5 AND state = ?6 AND 
        """ + AfterLast);

    private readonly Statement _listedOfSegment = statements.Prepare("""
        SELECT rank, due, sequence FROM humanloop_item INDEXED BY humanloop_item_list_segment
        WHERE workflow = ?5 AND state = ?6 AND segment = ?7 AND 
        """ + AfterLast);

    private readonly Statement _woken = statements.Prepare(
        "SELECT sequence FROM humanloop_item INDEXED BY humanloop_item_wake WHERE workflow = ?1 AND wake_at <= ?2 ORDER BY wake_at LIMIT ?3");

    private readonly Statement _closed = statements.Prepare(
        "SELECT sequence FROM humanloop_item INDEXED BY humanloop_item_closed WHERE workflow = ?1 AND erased = ?2 AND closed_at <= ?3 ORDER BY closed_at LIMIT ?4");

    private readonly Statement _measure = statements.Prepare("""
        SELECT w.name, i.state, count(*), sum(i.overdue), min(i.ready_at)
        FROM humanloop_workflow w CROSS JOIN humanloop_item i INDEXED BY humanloop_item_list ON i.workflow = w.id AND i.state IN (0, 1, 3, 4, 6)
        GROUP BY w.id, i.state
        """);

    private readonly Statement _awaited = statements.Prepare(
        "SELECT count(*) FROM humanloop_item INDEXED BY humanloop_item_list WHERE workflow = ?1 AND state IN (0, 1)");

    private readonly Statement _awaitedLater = statements.Prepare(
        "SELECT count(*) FROM humanloop_item INDEXED BY humanloop_item_list WHERE workflow = ?1 AND state IN (3, 4) AND awaited = 1");

    private readonly Dictionary<long, long> _counts = [];
    private long _countedAt;

    /// <summary>Brings work whose time has come among the free.</summary>
    public void Unpark(DateTimeOffset now) => _unpark.Set(1, StoredTime.Of(now)).Set(2, MostUnparked).Run();

    /// <summary>The most urgent free work of one workflow that a holder may have, after a key.</summary>
    public void Free(List<QueuePosition> into, long workflow, ClaimRequest request, QueuePosition after, int max)
    {
        if (request.Purpose == WorkPurpose.Act)
        {
            Free(into, 1, workflow, "", null, request.Segment, after, max);
            return;
        }

        Free(into, 0, workflow, "", ItemColumns.Quoted(request.Holder), request.Segment, after, max);

        // Whoever it is assigned to may have it even after abstaining.
        Free(into, 0, workflow, request.Holder, null, request.Segment, after, max);
        if (request.Skills.Count > 0)
        {
            foreach (var key in AskedFor(workflow, request.Skills))
            {
                Free(into, 0, workflow, key, ItemColumns.Quoted(request.Holder), request.Segment, after, max);
            }
        }
    }

    private List<string> AskedFor(long workflow, IReadOnlyList<string> skills)
    {
        var keys = new List<string>();
        for (var key = ClaimLane.SkillsFrom; NextSkills(workflow, key) is { } next; key = next)
        {
            if (ClaimLane.Admits(next, skills))
            {
                keys.Add(next);
            }
        }

        return keys;
    }

    private string? NextSkills(long workflow, string after)
    {
        using var rows = _nextSkills.Set(1, workflow).Set(2, after).Set(3, ClaimLane.SkillsTo).Query();
        return rows.Next() && !rows.IsNull(0) ? rows.Text(0) : null;
    }

    /// <summary>The most urgent items of one workflow in one state, after a key.</summary>
    public void Listed(List<QueuePosition> into, long workflow, DecisionState state, string? segment, QueuePosition after, int max)
    {
        var statement = segment is null ? _listed : _listedOfSegment.Set(7, segment);
        using var rows = At(statement, after, max).Set(5, workflow).Set(6, (long)state).Query();
        Read(into, rows);
    }

    public List<long> Woken(long workflow, DateTimeOffset now, int max)
    {
        using var rows = _woken.Set(1, workflow).Set(2, StoredTime.Of(now)).Set(3, max).Query();
        return Sequences(rows);
    }

    public List<long> Closed(long workflow, bool erased, DateTimeOffset until, int max)
    {
        using var rows = _closed.Set(1, workflow).Set(2, Number(erased)).Set(3, StoredTime.Of(until)).Set(4, max).Query();
        return Sequences(rows);
    }

    public List<QueueMeasure> Measure()
    {
        var measures = new List<QueueMeasure>();
        using var rows = _measure.Query();
        while (rows.Next())
        {
            var workflow = rows.Text(0);
            if (measures.Count == 0 || measures[^1].Workflow != workflow)
            {
                measures.Add(new() { Workflow = workflow });
            }

            measures[^1] = measures[^1].Add((DecisionState)rows.Int64(1), rows.Int64(2), rows.Int64(3), DateTimeOffset.UnixEpoch.AddTicks(rows.Int64(4)));
        }

        return measures;
    }

    /// <summary>How many verdicts a workflow awaits. Counted once, then kept up by this session's own writes until another process has written.</summary>
    public long CountAwaited(long workflow)
    {
        var version = statements.DataVersion;
        if (version != _countedAt)
        {
            ForgetCounts();
            _countedAt = version;
        }

        if (!_counts.TryGetValue(workflow, out var count))
        {
            count = _counts[workflow] = Single(_awaited.Set(1, workflow)) + Single(_awaitedLater.Set(1, workflow));
        }

        return count;
    }

    /// <summary>Merges pages of several lists, each as long as wanted, into one.</summary>
    public static void KeepFirst(List<QueuePosition> positions, int wanted)
    {
        positions.Sort();
        if (positions.Count > wanted)
        {
            positions.RemoveRange(wanted, positions.Count - wanted);
        }
    }

    public void ForgetCounts() => _counts.Clear();

    private void Count(long workflow, long change)
    {
        if (change != 0 && _counts.TryGetValue(workflow, out var count))
        {
            _counts[workflow] = count + change;
        }
    }

    private void Free(List<QueuePosition> into, long lane, long workflow, string assignee, string? notBarred, string? segment, QueuePosition after, int max)
    {
        var statement = segment is null ? _free : _freeOfSegment.Set(9, segment);
        using var rows = At(statement, after, max).Set(5, lane).Set(6, workflow).Set(7, assignee).Set(8, notBarred).Query();
        Read(into, rows);
    }

    private static Statement At(Statement statement, QueuePosition after, int max) =>
        statement.Set(1, after.Rank).Set(2, after.Due).Set(3, after.Sequence).Set(4, max);

    private static void Read(List<QueuePosition> into, in Statement.Rows rows)
    {
        while (rows.Next())
        {
            into.Add(new(rows.Int64(0), rows.Int64(1), rows.Int64(2)));
        }
    }

    private static List<long> Sequences(in Statement.Rows rows)
    {
        var sequences = new List<long>();
        while (rows.Next())
        {
            sequences.Add(rows.Int64(0));
        }

        return sequences;
    }

    private static long Single(Statement statement)
    {
        using var rows = statement.Query();
        rows.Next();
        return rows.Int64(0);
    }
}
