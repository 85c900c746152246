using SQLitePCL;

namespace HumanLoop.Sqlite;

/// <summary>The tables, and how an older file becomes a newer one. A file may hold the application's own tables too, so the version is a row of ours.</summary>
internal static class SqliteSchema
{
    // Step n makes version n + 1 out of version n. Published steps are never changed.
    private static readonly string[] Steps = [Version1, Version2];

    public static int Current => Steps.Length;

    // rank        minus the priority: ascending is most urgent first, and one row-value comparison continues a page
    // due         the last of all for none
    // lane        0 a review that is free, 1 an effect that is due; 2 and 3 the same, but not before ready_at; NULL else
    // assignee    who alone may claim it, '' for anybody, the skills that it requires after a line feed: part of the key, so that work for others is not waded
    // through
    // barred      who abstained or voted, a JSON array
    // awaited     whether a verdict is asked, now or after the act
    // facts       JSON; NULL while nothing has happened since the routing, whose journal entry then tells them
    // sequence    the position of the routing's journal entry, so it grows for ever though items are deleted
    private const string Version1 = """
        CREATE TABLE humanloop_workflow (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE);

        CREATE TABLE humanloop_journal (
            position INTEGER PRIMARY KEY,
            workflow INTEGER NOT NULL,
            decision TEXT NOT NULL,
            version INTEGER NOT NULL,
            body TEXT NOT NULL,
            UNIQUE (workflow, decision, version));

        CREATE TABLE humanloop_item (
            sequence INTEGER PRIMARY KEY,
            workflow INTEGER NOT NULL,
            version INTEGER NOT NULL,
            state INTEGER NOT NULL,
            rank INTEGER NOT NULL DEFAULT 0,
            due INTEGER NOT NULL,
            ready_at INTEGER NOT NULL,
            wake_at INTEGER,
            closed_at INTEGER,
            erased INTEGER NOT NULL DEFAULT 0,
            overdue INTEGER NOT NULL DEFAULT 0,
            awaited INTEGER NOT NULL,
            lane INTEGER,
            assignee TEXT NOT NULL DEFAULT '',
            barred TEXT,
            segment TEXT,
            facts TEXT);

        CREATE INDEX humanloop_item_list ON humanloop_item (workflow, state, rank, due, sequence, ready_at, overdue, segment);
        CREATE INDEX humanloop_item_claim ON humanloop_item (lane, workflow, assignee, rank, due) WHERE lane IS NOT NULL;
        CREATE INDEX humanloop_item_claim_segment ON humanloop_item (lane, workflow, segment, assignee, rank, due) WHERE lane IS NOT NULL AND segment IS NOT NULL;
        CREATE INDEX humanloop_item_parked ON humanloop_item (ready_at) WHERE lane >= 2;
        CREATE INDEX humanloop_item_wake ON humanloop_item (workflow, wake_at) WHERE wake_at IS NOT NULL;
        CREATE INDEX humanloop_item_closed ON humanloop_item (workflow, erased, closed_at) WHERE closed_at IS NOT NULL;

        CREATE TABLE humanloop_payload (
            sequence INTEGER PRIMARY KEY,
            proposal TEXT NOT NULL,
            correction TEXT,
            details TEXT,
            subject TEXT);

        CREATE INDEX humanloop_payload_subject ON humanloop_payload (subject) WHERE subject IS NOT NULL;

        CREATE TABLE humanloop_state (
            workflow INTEGER NOT NULL,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (workflow, name)) WITHOUT ROWID;
        """;

    // A page of one segment, in any state, without walking over the others.
    private const string Version2 = "CREATE INDEX humanloop_item_list_segment ON humanloop_item (workflow, segment, state, rank, due) WHERE segment IS NOT NULL";

    /// <summary>The version of a file; 0 for one without our tables.</summary>
    public static long VersionOf(sqlite3 database)
    {
        using var exists = new Statement(database, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'humanloop_schema'");
        using (var rows = exists.Query())
        {
            if (!rows.Next())
            {
                return 0;
            }
        }

        using var read = new Statement(database, "SELECT version FROM humanloop_schema");
        using var version = read.Query();
        return version.Next() ? version.Int64(0) : 0;
    }

    /// <summary>Refuses a file that this library does not understand.</summary>
    /// <exception cref="StoreMismatchException">It is newer.</exception>
    public static void Check(long version, string file)
    {
        if (version > Current)
        {
            throw new StoreMismatchException($"'{file}' has HumanLoop's schema {version}; this version of HumanLoop knows schemas up to {Current}. Upgrade HumanLoop; the file was left as it is.");
        }
    }

    /// <summary>Creates or upgrades the tables in one transaction, so that a crash or a second process leaves either the old or the new.</summary>
    /// <returns>The version before.</returns>
    /// <exception cref="StoreMismatchException">The file is newer.</exception>
    public static long Upgrade(sqlite3 database, string file)
    {
        var before = VersionOf(database);
        Check(before, file);
        if (before == Current)
        {
            return before;
        }

        Run(database, "BEGIN IMMEDIATE");
        try
        {
            // Again, now that nobody else can: another process may have been quicker.
            before = VersionOf(database);
            Check(before, file);
            for (var step = before; step < Current; step++)
            {
                Run(database, Steps[step]);
            }

            Run(database, "CREATE TABLE IF NOT EXISTS humanloop_schema (version INTEGER NOT NULL)");
            Run(database, "DELETE FROM humanloop_schema");
            Run(database, $"INSERT INTO humanloop_schema (version) VALUES ({Current})");
            Run(database, "COMMIT");
            return before;
        }
        catch
        {
            _ = raw.sqlite3_exec(database, "ROLLBACK");
            throw;
        }
    }

    public static void Run(sqlite3 database, string sql) => SqliteResult.Check(database, raw.sqlite3_exec(database, sql));
}
