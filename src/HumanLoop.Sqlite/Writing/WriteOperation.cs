using HumanLoop.GroupCommit;

namespace HumanLoop.Sqlite;

/// <summary>One caller's write with its answer.</summary>
internal sealed class WriteOperation<T>(Func<SqliteSession, T> write, int weight) : Operation<T>, IWriteOperation
{
    public int Weight => weight;

    public void Run(SqliteSession session) => Answer = write(session);
}
