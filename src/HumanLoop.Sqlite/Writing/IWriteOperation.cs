namespace HumanLoop.Sqlite;

/// <summary>One caller's write, on its way through the writer.</summary>
internal interface IWriteOperation
{
    /// <summary>About how many rows it writes, in items; a transaction is filled by it.</summary>
    int Weight { get; }

    /// <summary>Does it within a transaction. It may be called again after a rollback.</summary>
    void Run(SqliteSession session);

    /// <summary>After the commit: the caller gets the answer.</summary>
    void Succeed();

    /// <summary>After a rollback: the caller gets the reason.</summary>
    void Fail(Exception failure);
}
