namespace HumanLoop.PostgreSql;

/// <summary>Times as stored: 100 ns since 1970, UTC. PostgreSQL's own times are ten times coarser than what the JSON of the facts holds, and an index and a rule must never disagree; in the shell, <c>to_timestamp(x / 1e7)</c>.</summary>
internal static class StoredTime
{
    public static long Of(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static long? Of(DateTimeOffset? time) => time is { } known ? Of(known) : null;
}
