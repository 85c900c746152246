using System.Diagnostics.CodeAnalysis;
using HumanLoop.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace HumanLoop.Webhooks;

/// <summary>Binds <c>HumanLoop:Webhooks:{name}</c>, and says which key it could not read or does not know.</summary>
internal sealed class WebhookConfiguration(IConfiguration? configuration) : IPostConfigureOptions<WebhookOptions>
{
    public const string Section = "Webhooks";

    // After everything set in code, as with workflows: what operators tune in configuration has the last word.
    public void PostConfigure(string? name, WebhookOptions options)
    {
        var section = configuration?.GetSection($"HumanLoop:{Section}:{name}");
        if (section is null || !section.Exists())
        {
            return;
        }

        var problems = new List<string>();
        SettingKeys.Check(section, WebhookKeys.All, (key, problem) => problems.Add($"Webhook '{name}': {key} {problem}"));
        if (problems.Count > 0)
        {
            // The value of a secret is nobody's business, least of all a log's.
            throw new OptionsValidationException(name ?? "", typeof(WebhookOptions), problems);
        }

        Replace(section, nameof(WebhookOptions.Secrets), options.Secrets);
        Replace(section, nameof(WebhookOptions.Events), options.Events);
        Replace(section, nameof(WebhookOptions.Workflows), options.Workflows);
        Bind(section, options);
    }

    /// <summary>The binder adds to a list what it finds; the last word means that what was set in code goes.</summary>
    private static void Replace(IConfigurationSection section, string key, IList<string> list)
    {
        if (section.GetSection(key).GetChildren().Any())
        {
            list.Clear();
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The binding is generated at compile time.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The binding is generated at compile time.")]
    private static void Bind(IConfigurationSection section, WebhookOptions options) => section.Bind(options);
}
