using Microsoft.Extensions.Logging;

namespace HumanLoop.AspNetCore.Admitting;

/// <summary>What the web package says to the log.</summary>
internal static partial class WebLog
{
    [LoggerMessage(100, LogLevel.Warning, "A call to the inbox at {Prefix} was refused, because nothing says who may use it. Add .RequireAuthorization(\"Reviewers\") to MapHumanLoop.")]
    public static partial void NotProtected(ILogger logger, string prefix);

    [LoggerMessage(101, LogLevel.Error, "The store did not answer a call to {Path}.")]
    public static partial void StoreFailed(ILogger logger, Exception failure, string path);
}
