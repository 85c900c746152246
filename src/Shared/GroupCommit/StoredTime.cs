namespace HumanLoop.GroupCommit;

/// <summary>Times as stored: 100 ns since 1970, UTC. That is what the JSON of the facts holds (PostgreSQL's own times are ten times coarser), so an index and
/// a rule never disagree.</summary>
/// <remarks>To read one in a shell: <c>datetime(x / 10000000, 'unixepoch')</c> in SQLite, <c>to_timestamp(x / 1e7)</c> in PostgreSQL.</remarks>
internal static class StoredTime
{
    public static long Of(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static long? Of(DateTimeOffset? time) => time is { } known ? Of(known) : null;
}
