using Microsoft.Extensions.Logging;

namespace HumanLoop.PostgreSql;

/// <summary>What the store logs; never a payload.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "The schema '{Schema}' was at version {Before} (0: new) and is now at {After}.")]
    public static partial void SchemaUpgraded(ILogger logger, string schema, int before, int after);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning, Message = "A batch of {Operations} calls failed and is repeated one by one.")]
    public static partial void RetriedOneByOne(ILogger logger, int operations, Exception failure);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Error, Message = "{Operations} calls failed; their callers were told.")]
    public static partial void WriteFailed(ILogger logger, int operations, Exception failure);

    [LoggerMessage(EventId = 4004, Level = LogLevel.Critical, Message = "The database may lose what it acknowledged: {Problem} PostgreSqlStoreOptions.AllowDataLoss says to go on.")]
    public static partial void MayLoseData(ILogger logger, string problem);

    [LoggerMessage(EventId = 4005, Level = LogLevel.Warning, Message = "The journal's partition for {Month:yyyy-MM} could not be made ({SqlState}); entries go to journal_rest until it is.")]
    public static partial void PartitionFailed(ILogger logger, DateTimeOffset month, string sqlState);

    [LoggerMessage(EventId = 4006, Level = LogLevel.Debug, Message = "A call failed and is repeated.")]
    public static partial void Repeated(ILogger logger, Exception failure);
}
