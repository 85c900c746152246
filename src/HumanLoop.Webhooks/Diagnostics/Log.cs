using Microsoft.Extensions.Logging;

namespace HumanLoop.Webhooks;

/// <summary>What the log is told of webhooks. Never a payload, a secret or an address.</summary>
internal static partial class Log
{
    [LoggerMessage(80, LogLevel.Warning, "Webhook '{Webhook}': a message could not be delivered ({Failure}); it is sent again after growing pauses.")]
    public static partial void WebhookFailed(this ILogger logger, string webhook, string failure);

    [LoggerMessage(81, LogLevel.Information, "Webhook '{Webhook}' delivers again, after {Failing}.")]
    public static partial void WebhookRecovered(this ILogger logger, string webhook, TimeSpan failing);

    [LoggerMessage(82, LogLevel.Error, "Webhook '{Webhook}' has delivered nothing since {Since} ({Failure}). Who should be told is not.")]
    public static partial void WebhookDead(this ILogger logger, string webhook, DateTimeOffset since, string failure);

    [LoggerMessage(83, LogLevel.Error, "Webhook '{Webhook}': a message {Type} of workflow '{Workflow}' is given up after three days ({Failure}).")]
    public static partial void WebhookGaveUp(this ILogger logger, string webhook, string type, string workflow, string failure);

    [LoggerMessage(84, LogLevel.Error, "Webhook '{Webhook}': the receiver answered 410, so it is disabled until somebody enables it with INotificationChannel.EnableAsync or gives it another Url.")]
    public static partial void WebhookDisabled(this ILogger logger, string webhook);

    [LoggerMessage(85, LogLevel.Information, "Webhook '{Webhook}' is enabled by {By}.")]
    public static partial void WebhookEnabled(this ILogger logger, string webhook, string by);

    [LoggerMessage(86, LogLevel.Error, "Webhook '{Webhook}': the changed settings are refused and the last good ones stay in force. {Problem}")]
    public static partial void WebhookSettingsRefused(this ILogger logger, string webhook, string problem);

    [LoggerMessage(87, LogLevel.Warning, "The settings have a webhook '{Webhook}' and the application adds none of that name: nothing is sent there. Add it with AddWebhook.")]
    public static partial void WebhookUnknown(this ILogger logger, string webhook);

    [LoggerMessage(88, LogLevel.Warning, "Webhook '{Webhook}' could not hand over at shutdown ({Failure}); another process takes it over after a while, and what was taken in last is read again.")]
    public static partial void WebhookLeft(this ILogger logger, string webhook, string failure);
}
