using Microsoft.Extensions.Logging;

namespace HumanLoop.PostgreSql;

/// <summary>What is logged about calls that are committed together; never a payload.</summary>
internal static partial class WriteLog
{
    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning, Message = "A batch of {Operations} calls failed and is repeated one by one.")]
    public static partial void RetriedOneByOne(ILogger logger, int operations, Exception failure);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Error, Message = "{Operations} calls failed; their callers were told.")]
    public static partial void WriteFailed(ILogger logger, int operations, Exception failure);
}
