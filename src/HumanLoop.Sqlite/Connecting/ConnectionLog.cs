using Microsoft.Extensions.Logging;

namespace HumanLoop.Sqlite;

/// <summary>What is logged when the file is opened.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "The SQLite store '{File}' was at schema {Before} (0: new) and is now at {After}.")]
    public static partial void SchemaUpgraded(ILogger logger, string file, long before, int after);
}
