using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace HumanLoop.Sqlite;

/// <summary>The result codes of SQLite's calls.</summary>
internal static class SqliteResult
{
    private const int PrimaryCode = 0xff;

    public static void Check(sqlite3 database, int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw Failure(database, result);
        }
    }

    public static SqliteException Failure(sqlite3 database, int result) =>
        new($"SQLite error {result}: {raw.sqlite3_errmsg(database).utf8_to_string()}", result & PrimaryCode, raw.sqlite3_extended_errcode(database));
}
