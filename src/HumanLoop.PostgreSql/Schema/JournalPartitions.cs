using Microsoft.Extensions.Logging;
using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>The journal's months. What comes before its month's partition is made goes to the rest, so nothing depends on it in time.</summary>
internal static class JournalPartitions
{
    private const int MonthsAhead = 2;

    public static async Task MakeAsync(NpgsqlConnection connection, string schema, DateTimeOffset now, ILogger logger)
    {
        for (var month = 0; month <= MonthsAhead; month++)
        {
            var first = now.AddMonths(month);
            try
            {
                if (!await ExistsAsync(connection, schema, first).ConfigureAwait(false))
                {
                    await MakeAsync(connection, schema, first).ConfigureAwait(false);
                }
            }
            catch (PostgresException refused) when (refused.SqlState is "23514" or "42501" or "42P07" or "42P17" or "23505" or "40P01" or "55P03")
            {
                // The rest holds entries of that month already, this user may not, something holds the table, or another process makes it just now.
                if (refused.SqlState is "23514" or "42501" or "55P03")
                {
                    SchemaLog.PartitionFailed(logger, first, refused.SqlState);
                }
            }
        }
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string schema, DateTimeOffset month)
    {
        var ask = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { Parameters.Of(Schema.PartitionName(schema, month)) } };
        await using (ask.ConfigureAwait(false))
        {
            return await ask.ExecuteScalarAsync().ConfigureAwait(false) is true;
        }
    }

    private static async Task MakeAsync(NpgsqlConnection connection, string schema, DateTimeOffset month)
    {
        var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            // Everybody who writes would queue up behind a wait for this lock.
#pragma warning disable CA2100 // Our own text, with the checked name of the namespace.
            var make = new NpgsqlCommand("SET LOCAL lock_timeout = '1s'; " + Schema.Partition(schema, month), connection);
#pragma warning restore CA2100
            await using (make.ConfigureAwait(false))
            {
                await make.ExecuteNonQueryAsync().ConfigureAwait(false);
            }

            await transaction.CommitAsync().ConfigureAwait(false);
        }
    }
}
