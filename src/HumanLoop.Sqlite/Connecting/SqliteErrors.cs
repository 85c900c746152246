using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace HumanLoop.Sqlite;

/// <summary>What SQLite says, and what it means for the person who reads it.</summary>
internal static class SqliteErrors
{
    /// <summary>Whether the file or the disk is at fault, so that whatever else is tried on it would fail too; not a single statement and its data.</summary>
    public static bool IsOfTheFile(Exception failure) => failure is StoreException or StoreMismatchException or SqliteException
    {
        SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_READONLY or raw.SQLITE_CORRUPT
            or raw.SQLITE_CANTOPEN or raw.SQLITE_NOTADB or raw.SQLITE_PERM or raw.SQLITE_AUTH or raw.SQLITE_PROTOCOL or raw.SQLITE_NOMEM or raw.SQLITE_NOLFS
    };

    /// <summary>What a caller gets; its own mistakes (<see cref="ArgumentException"/> and the like) as they are.</summary>
    public static Exception ForCaller(Exception failure, string file, TimeSpan busyTimeout) => failure switch
    {
        SqliteException sqlite => new StoreException(Explain(sqlite, file, busyTimeout), sqlite),
        JsonException json => new StoreException($"A record in '{file}' cannot be read: {json.Message} It was written by a newer version of HumanLoop, or changed by hand. Upgrade HumanLoop, or restore the file from a backup.", json),
        _ => failure,
    };

    private static string Explain(SqliteException failure, string file, TimeSpan busyTimeout) => failure.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL =>
            $"'{file}' stayed locked by another process or connection for {busyTimeout.TotalSeconds:0.###} s; nothing was recorded. End what holds it (a backup, a database browser, a long transaction), or raise SqliteStoreOptions.BusyTimeout; then repeat the call.",
        raw.SQLITE_FULL =>
            $"The disk that holds '{file}' is full; nothing was recorded. Free some space and repeat the call.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
            $"'{file}' cannot be written; nothing was recorded. Let the process write the file and its folder (SQLite keeps '-wal' and '-shm' files beside it), and open it without Mode=ReadOnly.",
        raw.SQLITE_CANTOPEN =>
            $"'{file}' cannot be opened. Make sure that its folder exists and that the process may read and write it.",
        raw.SQLITE_NOTADB =>
            $"'{file}' is not a SQLite database, or it is encrypted. Name another file in the connection string; this one was left as it is.",
        raw.SQLITE_CORRUPT =>
            $"'{file}' is damaged ({failure.Message}). Stop the application, keep a copy of the file with its '-wal', and restore a backup or rescue the rows with: sqlite3 '{file}' .recover",
        raw.SQLITE_IOERR =>
            $"Reading or writing '{file}' failed ({failure.Message}). Check the disk and the system's log. Whether the last call was recorded is unknown; repeating it is harmless.",
        _ => $"SQLite failed on '{file}': {failure.Message}",
    };
}
