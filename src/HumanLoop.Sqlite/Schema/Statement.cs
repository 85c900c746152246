using System.Text;
using SQLitePCL;

namespace HumanLoop.Sqlite;

/// <summary>
/// A prepared statement. It binds and steps SQLite directly: a write here is a dozen microseconds long, and a DbCommand with
/// its parameter objects and its reader would nearly double it. Not safe for concurrent use; its session has one user at a time.
/// </summary>
internal sealed class Statement(sqlite3 database, string sql) : IDisposable
{
    private const int OnStack = 256;

    private sqlite3_stmt? _prepared;

    public string Sql => sql;

    private sqlite3_stmt Prepared
    {
        get
        {
            if (_prepared is null)
            {
                SqliteResult.Check(database, raw.sqlite3_prepare_v2(database, sql, out var prepared));
                _prepared = prepared;
            }

            return _prepared;
        }
    }

    public Statement Set(int index, long value)
    {
        SqliteResult.Check(database, raw.sqlite3_bind_int64(Prepared, index, value));
        return this;
    }

    public Statement Set(int index, long? value) => value is { } known ? Set(index, known) : SetNull(index);

    /// <summary>Text that is UTF-8 already, such as JSON.</summary>
    public Statement Set(int index, ReadOnlySpan<byte> utf8)
    {
        // An empty span has no address, which SQLite would take for NULL.
        SqliteResult.Check(database, utf8.IsEmpty ? raw.sqlite3_bind_text(Prepared, index, "") : raw.sqlite3_bind_text(Prepared, index, utf8));
        return this;
    }

    public Statement Set(int index, string? value)
    {
        if (value is null)
        {
            return SetNull(index);
        }

        if (Encoding.UTF8.GetMaxByteCount(value.Length) > OnStack)
        {
            return Set(index, Encoding.UTF8.GetBytes(value));
        }

        Span<byte> utf8 = stackalloc byte[OnStack];
        return Set(index, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
    }

    public Statement SetNull(int index)
    {
        SqliteResult.Check(database, raw.sqlite3_bind_null(Prepared, index));
        return this;
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        Next();
        Reset();
        return raw.sqlite3_changes(database);
    }

    /// <summary>Runs a query; dispose what comes back.</summary>
    public Rows Query() => new(this);

    public void Dispose() => _prepared?.Dispose();

    private bool Next()
    {
        var result = raw.sqlite3_step(Prepared);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return result == raw.SQLITE_ROW;
        }

        // The message belongs to this failure only until the next call.
        var failure = SqliteResult.Failure(database, result);
        Reset();
        throw failure;
    }

    // Bound values stay; every use binds all of its own. The result repeats the failure of the last step, which was thrown already.
    private void Reset() => _ = raw.sqlite3_reset(Prepared);

    /// <summary>The rows of a query.</summary>
    internal readonly ref struct Rows(Statement statement)
    {
        public bool Next() => statement.Next();

        public bool IsNull(int column) => raw.sqlite3_column_type(statement.Prepared, column) == raw.SQLITE_NULL;

        public long Int64(int column) => raw.sqlite3_column_int64(statement.Prepared, column);

        public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

        /// <summary>Valid until the next row; the database's encoding is UTF-8, which opening made sure of.</summary>
        public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(statement.Prepared, column);

        public void Dispose() => statement.Reset();
    }
}
