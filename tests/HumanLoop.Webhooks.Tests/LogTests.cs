using System.Reflection;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Webhooks.Tests;

public class LogTests
{
    /// <summary>Alerts are built on these ids: an id is never given to another event, and a level is changed only on purpose.</summary>
    private static readonly string[] Golden =
    [
        "80 Warning WebhookFailed",
        "81 Information WebhookRecovered",
        "82 Error WebhookDead",
        "83 Error WebhookGaveUp",
        "84 Error WebhookDisabled",
        "85 Information WebhookEnabled",
        "86 Error WebhookSettingsRefused",
        "87 Warning WebhookUnknown",
        "88 Warning WebhookLeft",
    ];

    [Fact]
    public void Every_event_has_a_stable_id_of_its_own()
    {
        var events = typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(method => (Method: method, Message: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(one => one.Message is not null)
            .OrderBy(one => one.Message!.EventId)
            .Select(one => $"{one.Message!.EventId} {one.Message.Level} {one.Method.Name}");

        Assert.Equal(Golden, events);
    }

    [Fact]
    public void The_telemetry_page_lists_every_event_with_its_level()
    {
        var page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "operations", "telemetry.md"));

        Assert.Equal(Golden.Select(one => one[..one.LastIndexOf(' ')]), page.Where(line => line.StartsWith("| 8", StringComparison.Ordinal)).Select(line => string.Join(' ', line.Split('|', StringSplitOptions.TrimEntries)[1..3])));
    }
}
