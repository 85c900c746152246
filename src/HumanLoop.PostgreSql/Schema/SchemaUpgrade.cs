using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>Creates and upgrades the tables in one transaction and under a lock, so that a crash or another process leaves either the old or the new.</summary>
internal static class SchemaUpgrade
{
    /// <exception cref="StoreMismatchException">The tables are newer, or may not be made from here.</exception>
    public static async Task RunAsync(NpgsqlConnection connection, SchemaSettings schema, Statements sql, string database, ILogger logger)
    {
        if (await CheckedVersionAsync(connection, schema, database).ConfigureAwait(false) != Schema.Current)
        {
            await UpgradeAsync(connection, schema, sql, database, logger).ConfigureAwait(false);
        }

        var unlogged = await ScalarAsync(connection, "SELECT string_agg(c.relname, ', ') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND c.relpersistence <> 'p'", schema.Name).ConfigureAwait(false) as string;
        if (unlogged is not null && !schema.AllowDataLoss)
        {
            throw new StoreMismatchException($"A crash empties unlogged tables, so they are not used: {unlogged}. ALTER TABLE … SET LOGGED, or set PostgreSqlStoreOptions.AllowDataLoss.");
        }
    }

    /// <summary>The version of the tables; 0 where there are none.</summary>
    public static async Task<int> VersionAsync(NpgsqlConnection connection, string schema) =>
        await ScalarAsync(connection, "SELECT 1 FROM pg_tables WHERE schemaname = $1 AND tablename = 'version'", schema).ConfigureAwait(false) is null ? 0
            : Convert.ToInt32(await ScalarAsync(connection, $"SELECT version FROM {Schema.Quote(schema)}.version").ConfigureAwait(false), CultureInfo.InvariantCulture);

    private static async Task UpgradeAsync(NpgsqlConnection connection, SchemaSettings schema, Statements sql, string database, ILogger logger)
    {
        var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await ScalarAsync(connection, sql.LockSchema).ConfigureAwait(false);

            // Again, now that nobody else can: another process may have been quicker.
            var before = await CheckedVersionAsync(connection, schema, database).ConfigureAwait(false);
            if (before == Schema.Current)
            {
                return;
            }

            if (!schema.MayCreate)
            {
                throw new StoreMismatchException($"{database} is at HumanLoop's schema {before} (0: none), this version of HumanLoop needs {Schema.Current}, and PostgreSqlStoreOptions.CreateSchema is false. Run the output of: humanloop schema --schema {schema.Name} --from {before}");
            }

            await ScalarAsync(connection, Schema.Script(schema.Name, before)).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            SchemaLog.SchemaUpgraded(logger, schema.Name, before, Schema.Current);
        }
    }

    private static async Task<int> CheckedVersionAsync(NpgsqlConnection connection, SchemaSettings schema, string database)
    {
        var version = await VersionAsync(connection, schema.Name).ConfigureAwait(false);
        return version <= Schema.Current
            ? version
            : throw new StoreMismatchException($"{database} has HumanLoop's schema {version}; this version of HumanLoop knows schemas up to {Schema.Current}. Upgrade HumanLoop; the tables were left as they are.");
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, string? value = null)
    {
#pragma warning disable CA2100 // Our own text, with the checked name of the namespace.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using (command.ConfigureAwait(false))
        {
            if (value is not null)
            {
                command.Parameters.Add(Parameters.Of(value));
            }

            return await command.ExecuteScalarAsync().ConfigureAwait(false) is var answer and not DBNull ? answer : null;
        }
    }
}
