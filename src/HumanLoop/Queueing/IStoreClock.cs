namespace HumanLoop.Queueing;

/// <summary>A queue whose database has a clock of its own. Where machines share a queue, only one clock can say when a lease ends, so the library then takes
/// the time of everything that it stores from it.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface IStoreClock
{
    /// <summary>The database's time, as near as this process knows it; this process's own before the first call reached the database.</summary>
    DateTimeOffset StoreNow { get; }
}
