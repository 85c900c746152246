using Microsoft.Extensions.Logging;

namespace HumanLoop.Sqlite;

/// <summary>What the store logs; never a payload.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "The SQLite store '{File}' was at schema {Before} (0: new) and is now at {After}.")]
    public static partial void SchemaUpgraded(ILogger logger, string file, long before, int after);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "A transaction of {Operations} writes failed and is repeated one by one.")]
    public static partial void RetriedOneByOne(ILogger logger, int operations, Exception failure);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error, Message = "{Operations} writes failed; their callers were told.")]
    public static partial void WriteFailed(ILogger logger, int operations, Exception failure);
}
