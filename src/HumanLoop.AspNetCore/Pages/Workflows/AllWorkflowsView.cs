using HumanLoop.Notifying;
using HumanLoop.Reporting;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>All workflows at a glance, and whether the application's webhooks are heard.</summary>
internal sealed record AllWorkflowsView(Frame Frame, IReadOnlyList<Scorecard> Cards, IReadOnlyList<WebhookStatus> Webhooks, bool MayAdminister)
{
    /// <summary>How a webhook does, in a few words.</summary>
    public static string Standing(WebhookStatus webhook) => webhook switch
    {
        { DisabledAt: not null } => "disabled: the receiver wants no more",
        { SettingsProblem: { } problem } => problem,
        { FailingSince: not null } => $"failing ({webhook.LastFailure}), {webhook.Undelivered} undelivered",
        { Undelivered: > 0 } => $"{webhook.Undelivered} on their way",
        _ => "delivers",
    };
}
