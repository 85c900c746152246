using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace HumanLoop.Sqlite;

/// <summary>Connections for reading beside the writer: in WAL mode neither waits for the other.</summary>
/// <param name="file">The file.</param>
/// <param name="store">The store's type, which the exception names after the store was closed.</param>
internal sealed class SqliteReaders(SqliteFile file, Type store) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private readonly int _mostIdle = Math.Max(4, Environment.ProcessorCount);
    private volatile bool _closed;

    /// <summary>Reads one state of the database.</summary>
    /// <param name="read">What to read.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>Whether it could; if not, the writer must create or upgrade the tables first.</returns>
    /// <exception cref="StoreException">The file could not be read.</exception>
    public bool TryRead<T>(Func<SqliteSession, T> read, [MaybeNullWhen(false)] out T answer)
    {
        ObjectDisposedException.ThrowIf(_closed, store);
        SqliteSession? session = null;
        try
        {
            session = _idle.TryTake(out var idle) ? idle : file.OpenReader();
            if (session is null)
            {
                answer = default;
                return false;
            }

            session.Begin();
            answer = read(session);
            session.Commit();
            Return(session);
            return true;
        }
        catch (Exception failure)
        {
            // Whatever went wrong, a new connection is cheap and certain.
            session?.Dispose();
            var reason = file.ForCaller(failure);
            if (ReferenceEquals(reason, failure))
            {
                throw;
            }

            throw reason;
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private void Return(SqliteSession session)
    {
        if (_closed || _idle.Count >= _mostIdle)
        {
            session.Dispose();
            return;
        }

        _idle.Add(session);
        if (_closed)
        {
            Dispose();
        }
    }
}
