namespace HumanLoop.PostgreSql;

/// <summary>What the store says to the database, with the namespace's name in it. Written once, so that every connection prepares it once.</summary>
/// <remarks>Where a statement holds a guard, a test can leave it out.</remarks>
internal sealed class Statements(string schema)
{
    private const string ItemColumns = "sequence, workflow, decision, version, state, rank, due, ready_at, wake_at, closed_at, erased, overdue, awaited, lane, slot, barred, segment, facts";

    // Read through a query of its own, an array has no length that the planner could look at: the plan that serves all lengths then costs no more than one made
    // for this very call, so the server keeps it. Planning each call anew would take longer than the call.
    private const string Ids = "unnest((SELECT $1::int[]), (SELECT $2::text[]))";

    private const string AnySequence = "ANY ((SELECT $1::bigint[])::bigint[])";

    // One row for each item, in the order of the arrays.
    private const string Items = """
        unnest((SELECT $1::bigint[]), $2::int[], $3::text[], $4::bigint[], $5::smallint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::boolean[], $12::boolean[], $13::boolean[],
            $14::smallint[], $15::text[], $16::text[], $17::text[], $18::text[])
        """;

    private const string AfterLast = "(rank, due, sequence) > ($1, $2, $3) ORDER BY rank, due, sequence LIMIT $4";

    // By at least one of those who ask.
    private const string NotBarred = " AND (barred IS NULL OR EXISTS (SELECT FROM unnest($7::text[]) h (name) WHERE position(h.name IN barred) = 0))";

    private readonly string _item = $"{Schema.Quote(schema)}.item";

    /// <summary>Makes whoever creates or upgrades the tables wait for whoever does it now.</summary>
    public string LockSchema { get; init; } = "SELECT pg_advisory_xact_lock(5221199608235716463)";

    /// <summary>New work in one statement: items whose ids are free, and what belongs to each of them. Sorted, so that two writers with the same ids never wait
    /// for each other.</summary>
    public string Enqueue { get; init; } = $"""
        WITH input AS MATERIALIZED (
            SELECT t.*, {Next(schema)} AS position
            FROM unnest($1::int[], $2::text[], $3::smallint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::boolean[], $9::smallint[], $10::text[], $11::text[], $12::text[],
                $13::text[], $14::bytea[], $15::bytea[], $16::text[], $17::timestamptz[]) WITH ORDINALITY
                AS t(workflow, decision, state, due, ready_at, wake_at, closed_at, awaited, lane, slot, segment, facts, body, proposal, details, subject, at, place)),
        added AS (
            INSERT INTO {Schema.Quote(schema)}.item ({ItemColumns})
            SELECT position, workflow, decision, 1, state, 0, due, ready_at, wake_at, closed_at, false, false, awaited, lane, slot, NULL, segment, facts
            FROM input ORDER BY workflow, decision, place
            ON CONFLICT (workflow, decision) DO NOTHING
            RETURNING sequence),
        recorded AS MATERIALIZED (SELECT input.* FROM added JOIN input ON input.position = added.sequence),
        journaled AS (
            INSERT INTO {Schema.Quote(schema)}.journal (position, at, workflow, decision, version, body) SELECT position, at, workflow, decision, 1, body FROM recorded),
        paid AS (
            INSERT INTO {Schema.Quote(schema)}.payload (sequence, proposal, details, subject) SELECT position, proposal, details, subject FROM recorded)
        SELECT position, place::int FROM recorded
        """;

    /// <summary>An id that had been forgotten begins a new stream.</summary>
    public string Revive { get; } = $"""
        UPDATE {Schema.Quote(schema)}.item i SET ({ItemColumns}) = ROW (u.*) FROM {Items} u ({ItemColumns}) WHERE i.workflow = u.workflow AND i.decision = u.decision
        """;

    public string InsertPayload { get; } = $"INSERT INTO {Schema.Quote(schema)}.payload (sequence, proposal, details, subject) SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::text[])";

    public string Journal { get; init; } = Add(schema);

    /// <summary>The same, for the positions that they got.</summary>
    public string JournalForPositions { get; } = $"{Add(schema)} RETURNING position";

    /// <summary>As <see cref="Journal"/>, without what is there.</summary>
    public string Append { get; init; } = $"""
        INSERT INTO {Schema.Quote(schema)}.journal (position, at, workflow, decision, version, body)
        SELECT {Next(schema)}, at, workflow, decision, version, body
        FROM unnest($1::timestamptz[], $2::int[], $3::text[], $4::bigint[], $5::text[]) AS t(at, workflow, decision, version, body)
        WHERE NOT EXISTS (SELECT 1 FROM {Schema.Quote(schema)}.journal j WHERE j.workflow = t.workflow AND j.decision = t.decision AND j.version = t.version)
        """;

    /// <summary>Items by id, to be read only; also those that were forgotten.</summary>
    public string Find { get; } = $"""
        SELECT i.sequence, i.state, i.facts, p.proposal, p.correction, p.details, k.place::int
        FROM {Ids} WITH ORDINALITY AS k(workflow, decision, place), {OneById(schema, "sequence, state, facts")} i
        {PayloadOf(schema)}
        """;

    /// <summary>Items by id, locked in the order in which they are asked for.</summary>
    public string Lock { get; init; } = $"""
        SELECT i.sequence, i.facts FROM {Ids} AS k(workflow, decision), {OneById(schema, "sequence, facts", "AND state >= 0", "FOR NO KEY UPDATE")} i
        """;

    /// <summary>Locks what a claim takes, and passes over what others hold.</summary>
    public string Take { get; init; } = "FOR NO KEY UPDATE SKIP LOCKED";

    public string LockForgotten { get; } = $"SELECT version FROM {Schema.Quote(schema)}.item WHERE workflow = $1 AND decision = $2 AND state < 0 FOR NO KEY UPDATE";

    /// <summary>The payloads of items that are locked: a statement of its own, for only its own snapshot is as new as the lock.</summary>
    public string PayloadsOfIds { get; } = $"""
        SELECT p.sequence, p.proposal, p.correction, p.details FROM {Ids} AS k(workflow, decision), {OneById(schema, "sequence")} i,
            LATERAL (SELECT sequence, proposal, correction, details FROM {Schema.Quote(schema)}.payload WHERE sequence = i.sequence LIMIT 1) p
        """;

    public string Payloads { get; } = $"SELECT sequence, proposal, correction, details FROM {Schema.Quote(schema)}.payload WHERE sequence = {AnySequence}";

    public string Update { get; } = $"""
        UPDATE {Schema.Quote(schema)}.item i SET version = u.version, state = u.state, rank = u.rank, due = u.due, ready_at = u.ready_at, wake_at = u.wake_at, closed_at = u.closed_at, erased = u.erased,
            overdue = u.overdue, awaited = u.awaited, lane = u.lane, slot = u.slot, barred = u.barred, facts = u.facts
        FROM {Items} u ({ItemColumns}) WHERE i.sequence = u.sequence
        """;

    public string UpdatePayload { get; } = $"""
        UPDATE {Schema.Quote(schema)}.payload p SET proposal = u.proposal, correction = u.correction, details = u.details, subject = u.subject
        FROM unnest((SELECT $1::bigint[]), $2::bytea[], $3::bytea[], $4::bytea[], $5::text[]) u (sequence, proposal, correction, details, subject) WHERE p.sequence = u.sequence
        """;

    public string DeletePayload { get; } = $"DELETE FROM {Schema.Quote(schema)}.payload WHERE sequence = {AnySequence}";

    /// <summary>The row stays as the record of the last version, because a new chapter of the same id goes on from it.</summary>
    public string Forget { get; } = $"""
        UPDATE {Schema.Quote(schema)}.item SET state = -1, wake_at = NULL, closed_at = NULL, lane = NULL, awaited = false, segment = NULL, barred = NULL, facts = '' WHERE sequence = {AnySequence}
        """;

    /// <summary>Brings work whose time has come among the free; so many at most that one claim after a long outage does not wake a million.</summary>
    public string Unpark { get; } = $"""
        UPDATE {Schema.Quote(schema)}.item SET lane = lane - 2 WHERE sequence IN (
            SELECT sequence FROM {Schema.Quote(schema)}.item WHERE lane >= 2 AND ready_at <= (SELECT $1::bigint) ORDER BY ready_at LIMIT 5000 FOR NO KEY UPDATE SKIP LOCKED)
        """;

    public string WokenIds { get; init; } = $"SELECT sequence, facts FROM {Schema.Quote(schema)}.item WHERE workflow = $1 AND wake_at <= $2 ORDER BY wake_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED";

    public string ClosedIds { get; } = $"SELECT sequence, facts FROM {Schema.Quote(schema)}.item WHERE workflow = $1 AND erased = $2 AND closed_at <= $3 ORDER BY closed_at LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED";

    public string Listed { get; } = Pages(schema, "");

    public string ListedOfSegment { get; } = Pages(schema, "AND segment = $7 ");

    public string OfSubject { get; } = $"""
        SELECT i.rank, i.due, i.sequence FROM {Schema.Quote(schema)}.payload p JOIN {Schema.Quote(schema)}.item i ON i.sequence = p.sequence
        WHERE p.subject = $5 AND (i.rank, i.due, i.sequence) > ($1, $2, $3) ORDER BY 1, 2, 3 LIMIT $4
        """;

    public string Rows { get; } = $"""
        SELECT i.sequence, i.facts, p.proposal, p.correction, p.details FROM unnest((SELECT $1::bigint[])) k (sequence),
            LATERAL (SELECT sequence, facts FROM {Schema.Quote(schema)}.item WHERE sequence = k.sequence AND state >= 0 LIMIT 1) i
        {PayloadOf(schema)}
        """;

    public string Measure { get; } = $"""
        SELECT w.name, i.state, count(*), count(*) FILTER (WHERE i.overdue), min(i.ready_at)
        FROM {Schema.Quote(schema)}.item i JOIN {Schema.Quote(schema)}.workflow w ON w.id = i.workflow WHERE i.state IN (0, 1, 3, 4, 6) GROUP BY w.name, i.state ORDER BY w.name COLLATE "C"
        """;

    /// <summary>How many verdicts a workflow awaits, counted no further than the limit.</summary>
    public string CountAwaited { get; } = $"""
        SELECT (SELECT count(*) FROM (SELECT 1 FROM {Schema.Quote(schema)}.item WHERE workflow = $1 AND state IN (0, 1) LIMIT $2) a)
            + (SELECT count(*) FROM (SELECT 1 FROM {Schema.Quote(schema)}.item WHERE workflow = $1 AND state IN (3, 4) AND awaited LIMIT $2) b)
        """;

    /// <summary>The distinct sets of skills that free work of workflows asks for: one step down the index for each, however much work asks for it.</summary>
    public string Skills { get; } = $"""
        WITH RECURSIVE asked (workflow, slot) AS (
            SELECT w.id, ({NextSkills(schema, "w.id", "chr(10)")}) FROM unnest($1::int[]) w (id)
            UNION ALL SELECT workflow, ({NextSkills(schema, "asked.workflow", "asked.slot")}) FROM asked WHERE slot IS NOT NULL)
        SELECT workflow, slot FROM asked WHERE slot IS NOT NULL
        """;

    public string FindWorkflows { get; } = $"SELECT name, id FROM {Schema.Quote(schema)}.workflow";

    public string AddWorkflow { get; } = $"INSERT INTO {Schema.Quote(schema)}.workflow (name) VALUES ($1) ON CONFLICT DO NOTHING";

    public string LockWorkflows { get; init; } = $"SELECT id FROM {Schema.Quote(schema)}.workflow WHERE id = ANY ($1::int[]) ORDER BY id FOR NO KEY UPDATE";

    /// <summary>The last position that everybody can read; asked before <see cref="JournalWriters"/>.</summary>
    public string LastPosition { get; } = $"SELECT coalesce(max(position), 0) FROM {Schema.Quote(schema)}.journal";

    /// <summary>The open transactions that have positions or may get some: adding to a table locks it before the first position is taken, until the end.</summary>
    public string JournalWriters { get; init; } = $"SELECT DISTINCT virtualtransaction FROM {WriterLocks(schema)}";

    /// <summary>For how many seconds the oldest of them has been open.</summary>
    public string OldestJournalWriter { get; } = $"""
        SELECT coalesce(extract(epoch FROM clock_timestamp() - min(a.xact_start)), 0)::bigint FROM {WriterLocks(schema)} JOIN pg_stat_activity a USING (pid)
        """;

    public string ReadJournal { get; } = $"SELECT position, body FROM {Schema.Quote(schema)}.journal WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3";

    public string ReadStream { get; init; } = $"SELECT position, body FROM {Schema.Quote(schema)}.journal WHERE workflow = $1 AND decision = $2 AND version > $3 ORDER BY version LIMIT $4";

    public string LastOfStream { get; } = $"SELECT coalesce(max(version), 0) FROM {Schema.Quote(schema)}.journal WHERE workflow = $1 AND decision = $2";

    public string ReadState { get; } = $"SELECT value, version FROM {Schema.Quote(schema)}.state WHERE workflow = $1 AND name = $2";

    public string WriteState { get; } = $"INSERT INTO {Schema.Quote(schema)}.state AS s (workflow, name, value, version) VALUES ($1, $2, $3, 1) ON CONFLICT (workflow, name) DO UPDATE SET value = $3, version = s.version + 1";

    public string StateWorkflows { get; } = $"""
        SELECT name FROM {Schema.Quote(schema)}.workflow w WHERE name > '' AND EXISTS (SELECT 1 FROM {Schema.Quote(schema)}.state s WHERE s.workflow = w.id) ORDER BY name
        """;

    private static string WriterLocks(string schema) =>
        $"(SELECT virtualtransaction, pid FROM pg_locks WHERE locktype = 'relation' AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND relation = '{Schema.Quote(schema)}.journal'::regclass AND mode = 'RowExclusiveLock' AND granted) l";

    private static string Add(string schema) => $"""
        INSERT INTO {Schema.Quote(schema)}.journal (position, at, workflow, decision, version, body)
        SELECT {Next(schema)}, at, workflow, decision, version, body
        FROM unnest($1::timestamptz[], $2::int[], $3::text[], $4::bigint[], $5::text[]) AS t(at, workflow, decision, version, body)
        """;

    // One step down the index for each id. A join would be planned as a scan of the whole table while that is new and empty, and the plan kept while it grows.
    private static string OneById(string schema, string columns, string more = "", string locking = "") =>
        $"LATERAL (SELECT {columns} FROM {Schema.Quote(schema)}.item WHERE workflow = k.workflow AND decision = k.decision {more} LIMIT 1 {locking})";

    private static string PayloadOf(string schema) =>
        $"LEFT JOIN LATERAL (SELECT proposal, correction, details FROM {Schema.Quote(schema)}.payload WHERE sequence = i.sequence LIMIT 1) p ON true";

    private static string Pages(string schema, string more) => $"""
        SELECT l.rank, l.due, l.sequence FROM unnest($5::int[]) w (id), unnest($6::smallint[]) s (state), LATERAL (
            SELECT rank, due, sequence FROM {Schema.Quote(schema)}.item WHERE workflow = w.id AND state = s.state AND state >= 0 {more}AND {AfterLast}) l
        ORDER BY 1, 2, 3 LIMIT $4
        """;

    private static string NextSkills(string schema, string workflow, string after) =>
        $"SELECT min(i.slot) FROM {Schema.Quote(schema)}.item i WHERE i.lane = 0 AND i.workflow = {workflow} AND i.slot > {after} AND i.slot < chr(11)";

    private static string Next(string schema) => $"nextval('{schema}.journal_position')";

    /// <summary>The most urgent free work in one slot of a workflow, after a key, locked; what others hold is passed over.</summary>
    public string Free(int lane, bool barred, bool ofSegment) =>
        $"SELECT rank, due, sequence, facts FROM {_item} WHERE lane = {lane} AND workflow = $5 AND slot = $6{(barred ? NotBarred : "")}{(ofSegment ? $" AND segment = ${(barred ? 8 : 7)}" : "")} AND {AfterLast} {Take}";
}
