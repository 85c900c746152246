using Microsoft.Extensions.Logging;

namespace HumanLoop.PostgreSql;

/// <summary>What is logged about the server and the calls to it.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(EventId = 4004, Level = LogLevel.Critical, Message = "The database may lose what it acknowledged: {Problem} PostgreSqlStoreOptions.AllowDataLoss says to go on.")]
    public static partial void MayLoseData(ILogger logger, string problem);

    [LoggerMessage(EventId = 4006, Level = LogLevel.Debug, Message = "A call failed and is repeated.")]
    public static partial void Repeated(ILogger logger, Exception failure);
}
