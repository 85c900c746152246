using System.Diagnostics.CodeAnalysis;
using HumanLoop.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace HumanLoop.Hosting;

/// <summary>Binds the settings of the whole application from <c>HumanLoop</c> and checks them.</summary>
internal sealed class HumanLoopConfiguration(IConfiguration? configuration, IEnumerable<SettingsSection> sections) : IConfigureOptions<HumanLoopOptions>, IValidateOptions<HumanLoopOptions>
{
    private readonly string[] _sections = ["Workflows", .. sections.Select(section => section.Name)];

    public void Configure(HumanLoopOptions options)
    {
        var section = configuration?.GetSection(WorkflowConfiguration.Root);
        if (section is null || !section.Exists())
        {
            return;
        }

        var problems = new List<string>();
        foreach (var child in section.GetChildren())
        {
            if (!_sections.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                CheckOne(section, child.Key, problems);
            }
        }

        if (problems.Count > 0)
        {
            throw new OptionsValidationException("", typeof(HumanLoopOptions), problems);
        }

        Bind(section, options);
    }

    public ValidateOptionsResult Validate(string? name, HumanLoopOptions options)
    {
        var problems = new List<string>();
        if (options.PollInterval < TimeSpan.FromMilliseconds(10) || options.PollInterval > TimeSpan.FromMinutes(1))
        {
            problems.Add($"HumanLoop: PollInterval is {SettingsCheck.Text(options.PollInterval)}; it must be a duration from 00:00:00.0100000 to 00:01:00.");
        }

        if (options.MaxConcurrentActs is < 1 or > 1000)
        {
            problems.Add($"HumanLoop: MaxConcurrentActs is {SettingsCheck.Text(options.MaxConcurrentActs)}; it must be a whole number from 1 to 1000.");
        }

        if (options.AuditKey is { } key && !IsKey(key))
        {
            problems.Add("HumanLoop: AuditKey is not 16 bytes as Base64 (24 characters); leave it out for a random key kept in the store.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsKey(string text)
    {
        Span<byte> bytes = stackalloc byte[18];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == 16;
    }

    private static void CheckOne(IConfigurationSection section, string key, List<string> problems)
    {
        if (!KnownKeys.Application.TryGetValue(key, out var kind))
        {
            problems.Add($"HumanLoop: {key} {SettingKeys.Unknown(key, KnownKeys.Application)} Workflows stand under Workflows; the section of another package, such as Webhooks, is known once the application adds that package.");
        }
        else if (SettingKeys.Problem(section.GetSection(key), kind) is { } problem)
        {
            problems.Add($"HumanLoop: {key} {problem}");
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The binding is generated at compile time.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The binding is generated at compile time.")]
    private static void Bind(IConfigurationSection section, HumanLoopOptions options) => section.Bind(options);
}
