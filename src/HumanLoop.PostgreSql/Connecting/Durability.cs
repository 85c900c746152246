using Microsoft.Extensions.Logging;
using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>Refuses silence about a server that may lose what it acknowledged.</summary>
internal static class Durability
{
    private const int OldestVersion = 130_000;

    /// <exception cref="StoreMismatchException">The server cannot keep the store's promises.</exception>
    public static async Task CheckAsync(NpgsqlConnection connection, PostgreSqlStoreOptions options, ILogger logger)
    {
        var (version, encoding, fsync, pages, commit) = await ReadAsync(connection).ConfigureAwait(false);
        if (version < OldestVersion)
        {
            throw new StoreMismatchException($"The server is PostgreSQL {version / 10_000}; the store needs 13 or later.");
        }

        if (encoding != "UTF8")
        {
            throw new StoreMismatchException($"The database keeps its text as {encoding}; the store needs UTF8. Create another with: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0");
        }

        var problem = fsync == "off" ? "fsync is off: a crash of the machine may damage it. Turn it on in postgresql.conf."
            : pages == "off" ? "full_page_writes is off: a crash of the machine may damage it. Turn it on in postgresql.conf."
            : commit == "off" ? "synchronous_commit is off: a crash loses the last acknowledged commits. Turn it on: ALTER ROLE … SET synchronous_commit = on"
            : null;
        if (problem is null)
        {
            return;
        }

        if (!options.AllowDataLoss)
        {
            throw new StoreMismatchException($"The database may lose what it acknowledged, so it is not used: {problem} Or set PostgreSqlStoreOptions.AllowDataLoss.");
        }

        ConnectionLog.MayLoseData(logger, problem);
    }

    private static async Task<(int Version, string Encoding, string Fsync, string Pages, string Commit)> ReadAsync(NpgsqlConnection connection)
    {
        var ask = new NpgsqlCommand("SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit')", connection);
        await using (ask.ConfigureAwait(false))
        {
            var reader = await ask.ExecuteReaderAsync().ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync().ConfigureAwait(false);
                return (reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4));
            }
        }
    }
}
