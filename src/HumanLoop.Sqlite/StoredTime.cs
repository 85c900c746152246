namespace HumanLoop.Sqlite;

/// <summary>Times as stored: 100 ns since 1970, UTC. Exactly what the JSON of the facts holds, so that an index and a rule never disagree; in the shell, <c>datetime(x / 10000000, 'unixepoch')</c>.</summary>
internal static class StoredTime
{
    public static long Of(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static long? Of(DateTimeOffset? time) => time is { } known ? Of(known) : null;
}
