using Microsoft.Extensions.Logging;

namespace HumanLoop.Sqlite;

/// <summary>What is logged about writes that are committed together; never a payload.</summary>
internal static partial class WriteLog
{
    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "A transaction of {Operations} writes failed and is repeated one by one.")]
    public static partial void RetriedOneByOne(ILogger logger, int operations, Exception failure);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error, Message = "{Operations} writes failed; their callers were told.")]
    public static partial void WriteFailed(ILogger logger, int operations, Exception failure);
}
