using Microsoft.Extensions.Logging;

namespace HumanLoop.PostgreSql;

/// <summary>What is logged about the tables.</summary>
internal static partial class SchemaLog
{
    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "The schema '{Schema}' was at version {Before} (0: new) and is now at {After}.")]
    public static partial void SchemaUpgraded(ILogger logger, string schema, int before, int after);

    [LoggerMessage(EventId = 4005, Level = LogLevel.Warning, Message = "The journal's partition for {Month:yyyy-MM} could not be made ({SqlState}); entries go to journal_rest until it is.")]
    public static partial void PartitionFailed(ILogger logger, DateTimeOffset month, string sqlState);
}
