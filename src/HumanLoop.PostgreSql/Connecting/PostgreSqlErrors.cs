using System.Text.Json;
using Npgsql;

namespace HumanLoop.PostgreSql;

/// <summary>What PostgreSQL says, by SQLSTATE alone, and what it means for the person who reads it.</summary>
internal static class PostgreSqlErrors
{
    /// <summary>Whether the same call may succeed a little later: the server is away, restarts, fails over, or is out of something.</summary>
    public static bool IsTransient(Exception failure) => failure switch
    {
        PostgresException { SqlState: "25006" } => true, // still a standby: the fail-over is under way
        PostgresException postgres => postgres.SqlState[..2] is "08" or "40" or "53" or "57" or "55" || postgres.SqlState == "XX000" || postgres.IsTransient,
        NpgsqlException or TimeoutException => true, // the line, not the server's answer: cut, refused, slow, or no primary among the hosts just now
        _ => false,
    };

    /// <summary>Whether the database as a whole is at fault, so that whatever else is tried on it would fail too; not a single statement and its data.</summary>
    public static bool IsOfTheDatabase(Exception failure) => failure is StoreException or StoreMismatchException or ObjectDisposedException || IsTransient(failure)
        || failure is PostgresException { SqlState: "42501" or "42P01" or "3F000" or "3D000" or "28P01" or "28000" };

    /// <summary>Whether the tables may not be what they were found to be.</summary>
    public static bool QuestionsTheTables(Exception failure) => failure is PostgresException { SqlState: "42P01" or "3F000" or "42703" or "25006" or "57P01" or "57P02" or "57P03" or "3D000" }
        || failure is NpgsqlException and not PostgresException;

    /// <summary>What a caller gets; its own mistakes (<see cref="ArgumentException"/> and the like) as they are.</summary>
    public static Exception ForCaller(Exception failure, string database, TimeSpan tried) => failure switch
    {
        PostgresException postgres => new StoreException(Explain(postgres, database, tried), postgres),
        NpgsqlException or TimeoutException => new StoreException($"{database} did not answer for {tried.TotalSeconds:0.#} s ({Innermost(failure)}). Start it, or name one that can be reached in the connection string. Whether the last call was recorded may be unknown; repeating it is harmless.", failure),
        JsonException json => new StoreException($"A record in {database} cannot be read: {json.Message} It was written by a newer version of HumanLoop, or changed by hand. Upgrade HumanLoop, or restore the row from a backup.", json),
        _ => failure,
    };

    private static string Explain(PostgresException failure, string database, TimeSpan tried) => failure.SqlState switch
    {
        "42501" => $"{database} does not let this user do that (SQLSTATE 42501: {failure.MessageText}). Grant the role what docs/operations/postgresql.md lists, or run the output of 'humanloop schema' as the owner.",
        "25006" => $"{database} is read-only for {tried.TotalSeconds:0.#} s (SQLSTATE 25006): a standby, or default_transaction_read_only is on. Name all hosts in the connection string, or turn that setting off.",
        "28P01" or "28000" => $"{database} refuses this user (SQLSTATE {failure.SqlState}). Correct user and password in the connection string, or pg_hba.conf.",
        "3D000" => $"{database} is not there (SQLSTATE 3D000). Create the database; the store makes its own tables in it.",
        "53100" => $"The disk of {database} is full (SQLSTATE 53100); nothing was recorded. Free some space and repeat the call.",
        "53300" => $"{database} has no connection left (SQLSTATE 53300) for {tried.TotalSeconds:0.#} s. Raise max_connections, or lower 'Maximum Pool Size' in the connection string.",
        "57014" => $"{database} needed too long for a statement (SQLSTATE 57014); nothing was recorded. See what blocks it in pg_stat_activity, or raise PostgreSqlStoreOptions.CommandTimeout.",
        ['2', '2', ..] or ['2', '3', ..] => $"{database} cannot store this (SQLSTATE {failure.SqlState}: {failure.MessageText}); nothing was recorded. A subject, segment or name holds a character that PostgreSQL does not store, such as NUL.",
        _ => $"{database} failed (SQLSTATE {failure.SqlState}: {failure.MessageText}). Repeating the call is harmless.",
    };

    private static string Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner)
        {
            failure = inner;
        }

        return failure is PostgresException { SqlState: var state } ? $"SQLSTATE {state}" : failure.Message;
    }
}
