using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HumanLoop.PostgreSql;

/// <summary>The tables, in a namespace of their own, and how older ones become newer ones.</summary>
internal static partial class Schema
{
    // Step n makes version n + 1 out of version n. Published steps are never changed. {0} is the quoted name of the namespace.
    private static readonly CompositeFormat[] Steps = [CompositeFormat.Parse(Version1)];

    public static int Current => Steps.Length;

    // item.sequence    the position of the routing's journal entry
    // item.state       the number of the DecisionState; -1 for one that was forgotten and only keeps its last version, for the id may come again
    // item.rank        minus the priority: ascending is most urgent first, and one row-value comparison continues a page
    // item.due         the last of all for none
    // item.lane        0 a review that is free, 1 an effect that is due; 2 and 3 the same, but not before ready_at; NULL else
    // item.slot        '' for anybody, chr(1) where somebody abstained or voted, the skills that it requires after a line feed, else the name of who alone may
    // claim it: part of the key, so that work for others is not waded through
    // item.barred      who abstained or voted, a JSON array
    // item.awaited     whether a verdict is asked, now or after the act
    // item.facts       JSON, as text because its order of members is kept
    // journal.position given when everything that the entry follows is locked, so that what happens later to a decision stands later
    // Times are 100 ns since 1970; journal.at is for partitions and people.
    private const string Version1 = """
        CREATE TABLE {0}.workflow (
            id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text COLLATE "C" NOT NULL UNIQUE);

        CREATE TABLE {0}.item (
            sequence bigint PRIMARY KEY,
            workflow integer NOT NULL,
            decision text COLLATE "C" NOT NULL,
            version bigint NOT NULL,
            state smallint NOT NULL,
            rank bigint NOT NULL,
            due bigint NOT NULL,
            ready_at bigint NOT NULL,
            wake_at bigint,
            closed_at bigint,
            erased boolean NOT NULL,
            overdue boolean NOT NULL,
            awaited boolean NOT NULL,
            lane smallint,
            slot text COLLATE "C" NOT NULL,
            barred text COLLATE "C",
            segment text COLLATE "C",
            facts text NOT NULL)
            WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.02);

        CREATE UNIQUE INDEX item_id ON {0}.item (workflow, decision);
        CREATE INDEX item_list ON {0}.item (workflow, state, rank, due, sequence) INCLUDE (ready_at, overdue, awaited) WHERE state >= 0;
        CREATE INDEX item_list_segment ON {0}.item (workflow, segment, state, rank, due, sequence) WHERE state >= 0 AND segment IS NOT NULL;
        CREATE INDEX item_claim ON {0}.item (lane, workflow, slot, rank, due, sequence) WHERE lane IS NOT NULL;
        CREATE INDEX item_claim_segment ON {0}.item (lane, workflow, segment, slot, rank, due, sequence) WHERE lane IS NOT NULL AND segment IS NOT NULL;
        CREATE INDEX item_parked ON {0}.item (ready_at) WHERE lane >= 2;
        CREATE INDEX item_wake ON {0}.item (workflow, wake_at) WHERE wake_at IS NOT NULL;
        CREATE INDEX item_closed ON {0}.item (workflow, erased, closed_at) WHERE closed_at IS NOT NULL;

        CREATE TABLE {0}.payload (
            sequence bigint PRIMARY KEY,
            proposal bytea NOT NULL,
            correction bytea,
            details bytea,
            subject text COLLATE "C");

        CREATE INDEX payload_subject ON {0}.payload (subject) WHERE subject IS NOT NULL;

        CREATE SEQUENCE {0}.journal_position AS bigint;

        CREATE TABLE {0}.journal (
            position bigint NOT NULL,
            at timestamptz NOT NULL,
            workflow integer NOT NULL,
            decision text COLLATE "C" NOT NULL,
            version bigint NOT NULL,
            body text NOT NULL,
            PRIMARY KEY (position, at)) PARTITION BY RANGE (at);

        CREATE INDEX journal_story ON {0}.journal (workflow, decision, version);
        CREATE TABLE {0}.journal_rest PARTITION OF {0}.journal DEFAULT;

        CREATE TABLE {0}.state (
            workflow integer NOT NULL,
            name text COLLATE "C" NOT NULL,
            value text NOT NULL,
            version bigint NOT NULL,
            PRIMARY KEY (workflow, name));

        CREATE TABLE {0}.version (
            version integer NOT NULL);
        INSERT INTO {0}.version VALUES (0);
        """;

    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public static string Quote(string name) => Name().IsMatch(name)
        ? $"\"{name}\""
        : throw new ArgumentException($"PostgreSqlStoreOptions.Schema is '{name}'; it has 1 to 63 of a-z, 0-9 and '_', and begins with a letter.", nameof(name));

    /// <summary>What makes the newest tables out of those of a version; 0 for none.</summary>
    public static string Script(string schema, int from)
    {
        var quoted = Quote(schema);
        var text = new StringBuilder();
        if (from == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"CREATE SCHEMA IF NOT EXISTS {quoted};\n\n");
        }

        for (var step = from; step < Current; step++)
        {
            text.AppendFormat(CultureInfo.InvariantCulture, Steps[step], quoted).Append("\n\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"UPDATE {quoted}.version SET version = {Current};\n").ToString();
    }

    public static string PartitionName(string schema, DateTimeOffset month) => string.Create(CultureInfo.InvariantCulture, $"{Quote(schema)}.journal_{month.UtcDateTime:yyyy_MM}");

    /// <summary>Makes the partition of the journal for a month.</summary>
    public static string Partition(string schema, DateTimeOffset month, bool ifMissing = false)
    {
        var first = new DateTimeOffset(month.UtcDateTime.Year, month.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"CREATE TABLE {(ifMissing ? "IF NOT EXISTS " : "")}{PartitionName(schema, month)} PARTITION OF {Quote(schema)}.journal FOR VALUES FROM ('{first:yyyy-MM-dd}+00') TO ('{first.AddMonths(1):yyyy-MM-dd}+00')");
    }

    /// <summary>What the application's role needs: it adds to the journal and never changes it.</summary>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public static string Grants(string schema, string role)
    {
        var (quoted, to) = (Quote(schema), Name().IsMatch(role) ? $"\"{role}\"" : throw new ArgumentException($"The role '{role}' cannot be used; it has 1 to 63 of a-z, 0-9 and '_', and begins with a letter.", nameof(role)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            GRANT USAGE ON SCHEMA {quoted} TO {to};
            GRANT SELECT ON ALL TABLES IN SCHEMA {quoted} TO {to};
            GRANT INSERT, UPDATE ON {quoted}.workflow, {quoted}.item, {quoted}.state TO {to};
            GRANT INSERT, UPDATE, DELETE ON {quoted}.payload TO {to};
            GRANT INSERT ON {quoted}.journal TO {to};
            GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {quoted} TO {to};

            """);
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$")]
    private static partial Regex Name();
}
