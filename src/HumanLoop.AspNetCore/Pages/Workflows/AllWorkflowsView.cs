using HumanLoop.Notifying;
using HumanLoop.Reporting;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>All workflows at a glance, and whether the application's channels are heard.</summary>
internal sealed record AllWorkflowsView(Frame Frame, IReadOnlyList<Scorecard> Cards, IReadOnlyList<ChannelStatus> Channels, bool MayAdminister)
{
    /// <summary>How a channel does, in a few words.</summary>
    public static string Standing(ChannelStatus channel) => channel switch
    {
        { DisabledAt: not null } => "disabled: the receiver wants no more",
        { SettingsProblem: { } problem } => problem,
        { FailingSince: not null } => $"failing ({channel.LastFailure}), {channel.Undelivered} undelivered",
        { Undelivered: > 0 } => $"{channel.Undelivered} on their way",
        _ => "delivers",
    };
}
