using System.Net;
using HumanLoop.Settings;
using Microsoft.Extensions.Options;

namespace HumanLoop.Webhooks;

/// <summary>Says everything that is wrong with a webhook's settings at once: webhook, key, value, allowed range and mend.</summary>
internal sealed class WebhookOptionsValidator(IWorkflowControl control) : IValidateOptions<WebhookOptions>
{
    private const int MostSecrets = 5;

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var check = new SettingsCheck("Webhook", name ?? "");
        Address(check, options);
        Secrets(check, options.Secrets);
        foreach (var type in options.Events.Where(type => !WebhookEvents.All.Contains(type)))
        {
            check.Fail(nameof(options.Events), type, $"one of {string.Join(", ", WebhookEvents.All)}");
        }

        foreach (var workflow in options.Workflows.Where(workflow => control.ListWorkflows().All(known => known.Name != workflow)))
        {
            check.Fail(nameof(options.Workflows), workflow, $"one of the application's workflows: {string.Join(", ", control.ListWorkflows().Select(one => one.Name))}");
        }

        check.Duration(nameof(options.Digest), options.Digest, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));
        check.Duration(nameof(options.Timeout), options.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Quiet(check, options.Quiet);
        if (options.Link is { } link && !(Uri.TryCreate(link, UriKind.Absolute, out var page) && page.Scheme is "http" or "https"))
        {
            check.Fail(nameof(options.Link), link, "an absolute http or https address");
        }

        return check.Problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(check.Problems);
    }

    private static void Address(SettingsCheck check, WebhookOptions options)
    {
        if (string.IsNullOrEmpty(options.Url))
        {
            check.Fail("Url is missing. It is where messages are posted, such as https://hooks.example.com/humanloop.");
        }
        else if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            // The value may hold a password, so it is not repeated.
            check.Fail("Url must be an absolute https address without user name, password and fragment.");
        }
        else if (!options.AllowPrivateAddresses && url.Scheme == "http")
        {
            check.Fail($"Url begins with http://{url.Host}; it must begin with https://, or set AllowPrivateAddresses to true if the receiver stands in your own network.");
        }
        else if (!options.AllowPrivateAddresses && IsPrivate(url))
        {
            check.Fail($"Url leads to {url.Host}, which is not on the public internet; set AllowPrivateAddresses to true if that is meant.");
        }
    }

    /// <summary>What can be seen without asking for a name; the rest is looked at when the connection is made.</summary>
    private static bool IsPrivate(Uri url) =>
        url.IdnHost is "localhost" || (IPAddress.TryParse(url.IdnHost, out var address) && !PublicAddress.Is(address));

    private static void Secrets(SettingsCheck check, IList<string> secrets)
    {
        if (secrets.Count is 0 or > MostSecrets)
        {
            check.Fail($"Secrets has {secrets.Count} entries; it must have 1 to {MostSecrets}. Each is {WebhookSecret.Rule}.");
        }

        for (var i = 0; i < secrets.Count; i++)
        {
            if (!WebhookSecret.IsValid(secrets[i]))
            {
                check.Fail($"Secrets:{i} must be {WebhookSecret.Rule}.");
            }
        }
    }

    private static void Quiet(SettingsCheck check, QuietHoursOptions quiet)
    {
        if (quiet.From is null != quiet.To is null || (quiet.From is { } from && from == quiet.To))
        {
            check.Fail("Quiet must have both From and To, two different times of day such as 22:00 and 07:00; leave both out for no quiet hours.");
        }

        if (quiet.TimeZone is null || !QuietHours.IsTimeZone(quiet.TimeZone))
        {
            check.Fail("Quiet:TimeZone", quiet.TimeZone, "a time zone that this machine knows, such as Europe/Berlin");
        }
    }
}
