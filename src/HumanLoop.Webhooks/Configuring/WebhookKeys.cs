using HumanLoop.Settings;

namespace HumanLoop.Webhooks;

/// <summary>The keys of a webhook's settings.</summary>
internal static class WebhookKeys
{
    public static IReadOnlyDictionary<string, SettingKeys.Kind> All { get; } = new Dictionary<string, SettingKeys.Kind>(StringComparer.OrdinalIgnoreCase)
    {
        ["Url"] = SettingKeys.Text,
        ["Secrets"] = SettingKeys.List,
        ["Events"] = SettingKeys.List,
        ["Workflows"] = SettingKeys.List,
        ["Digest"] = SettingKeys.Duration,
        ["Quiet:From"] = SettingKeys.Clock,
        ["Quiet:To"] = SettingKeys.Clock,
        ["Quiet:TimeZone"] = SettingKeys.Text,
        ["IncludePayload"] = SettingKeys.Flag,
        ["Link"] = SettingKeys.Text,
        ["AllowPrivateAddresses"] = SettingKeys.Flag,
        ["Timeout"] = SettingKeys.Duration,
    };
}
