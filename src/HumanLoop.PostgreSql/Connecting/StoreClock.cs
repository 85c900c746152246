using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>The database's clock, read ahead by this process's monotonic one: machines whose own clocks differ by an hour agree on when a lease ends.</summary>
/// <remarks>Off by no more than half the way to the server and back. It is set again every few seconds, and whenever a connection was lost: after a fail-over
/// another machine's clock counts.</remarks>
internal sealed class StoreClock(TimeProvider time, bool isDatabases)
{
    private static readonly TimeSpan SetAfter = TimeSpan.FromSeconds(5);

    private Anchor? _anchor;

    public DateTimeOffset Now => !isDatabases || _anchor is not { } anchor ? time.GetUtcNow() : anchor.Time + TimeProvider.System.GetElapsedTime(anchor.Stamp);

    public bool IsDue => isDatabases && (_anchor is not { } anchor || TimeProvider.System.GetElapsedTime(anchor.Stamp) > SetAfter);

    /// <summary>Whether it must be set before it can be read.</summary>
    public bool IsUnset => isDatabases && _anchor is null;

    public void Unset() => _anchor = null;

    public async Task SetAsync(NpgsqlConnection connection)
    {
        var sent = TimeProvider.System.GetTimestamp();
        var ask = new NpgsqlCommand("SELECT clock_timestamp()", connection);
        await using (ask.ConfigureAwait(false))
        {
            var said = (DateTime)(await ask.ExecuteScalarAsync().ConfigureAwait(false))!;
            _anchor = new(new(DateTime.SpecifyKind(said, DateTimeKind.Utc)), sent + ((TimeProvider.System.GetTimestamp() - sent) / 2));
        }
    }

    private sealed record Anchor(DateTimeOffset Time, long Stamp);
}
