namespace HumanLoop.PostgreSql;

/// <summary>How the PostgreSQL store behaves.</summary>
public sealed class PostgreSqlStoreOptions
{
    /// <summary>The schema (namespace) that holds the store's tables.</summary>
    /// <value>1 to 63 of a–z, 0–9 and '_', beginning with a letter. The default is <c>humanloop</c>.</value>
    public string Schema { get; set; } = "humanloop";

    /// <summary>Whether the store creates and upgrades its tables when it first connects.</summary>
    /// <value>The default is <see langword="true"/>. With <see langword="false"/> a database whose tables are missing or old is refused, with the command that
    /// makes them.</value>
    public bool CreateSchema { get; set; } = true;

    /// <summary>For how long a call is repeated while the database is away, fails over or is out of resources.</summary>
    /// <value>The default is 5 seconds; then the call fails with <see cref="StoreException"/>. A repeat never records anything twice.</value>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one statement may take.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a database that may lose what it acknowledged is used all the same: one with <c>fsync</c>, <c>full_page_writes</c> or
    /// <c>synchronous_commit</c> off, or with unlogged tables.</summary>
    /// <value>The default is <see langword="false"/>: it is refused.</value>
    public bool AllowDataLoss { get; set; }

    /// <summary>Whether processes tell each other of new work by <c>NOTIFY</c>. It is only a hint that saves waiting for the next poll, and takes one connection
    /// to listen on.</summary>
    /// <value>The default is <see langword="true"/>. Turn it off behind a pooler that gives out connections by transaction.</value>
    public bool WakeOthers { get; set; } = true;

    /// <summary>Whether the database's clock is the store's, as it must be where machines share it. Tests say no and move their own.</summary>
    internal bool? UseDatabaseClock { get; set; }

    /// <summary>Whether claims begin where the last one ended; a test says no and shows what it is good for.</summary>
    internal bool UseWatermarks { get; set; } = true;

    /// <summary>What the store says to the database; a test leaves a guard out of it and shows what it is good for.</summary>
    internal Statements? Statements { get; set; }
}
