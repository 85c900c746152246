using System.Text.Json;
using HumanLoop.Hosting;
using Microsoft.Extensions.Configuration;

namespace HumanLoop.Cli.Input;

/// <summary>An application's settings as the application would read them.</summary>
internal sealed class SettingsFile
{
    private readonly IConfigurationRoot _configuration;

    private SettingsFile(IConfigurationRoot configuration) => _configuration = configuration;

    /// <summary>The workflows that it has settings for.</summary>
    public IReadOnlyList<string> Workflows => [.. _configuration.GetSection($"{WorkflowConfiguration.Root}:Workflows").GetChildren().Select(section => section.Key)];

    public bool AllowsOtherEnvironment => string.Equals(_configuration[$"{WorkflowConfiguration.Root}:AllowOtherEnvironment"], "true", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="InputException">It cannot be read, or is no JSON.</exception>
    public static SettingsFile Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            Flatten("", json.RootElement, settings);
            return new(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--settings {path}: expected a file that can be read. {unreadable.Message}", unreadable);
        }
        catch (JsonException unreadable)
        {
            throw new InputException($"--settings {path}, line {unreadable.LineNumber + 1}: expected JSON such as appsettings.json. {unreadable.Message}", unreadable);
        }
    }

    /// <summary>What would keep a workflow from starting with these settings.</summary>
    public IReadOnlyList<string> Problems(string workflow)
    {
        var options = new WorkflowOptions();
        try
        {
            new WorkflowConfiguration(_configuration).PostConfigure(workflow, options);
        }
        catch (Microsoft.Extensions.Options.OptionsValidationException invalid)
        {
            return [.. invalid.Failures];
        }

        return [.. new WorkflowOptionsValidator().Validate(workflow, options).Failures ?? []];
    }

    private static void Flatten(string path, JsonElement element, Dictionary<string, string?> into)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Flatten(path.Length == 0 ? property.Name : $"{path}:{property.Name}", property.Value, into);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (i, item) in element.EnumerateArray().Index())
                {
                    Flatten($"{path}:{i}", item, into);
                }

                break;
            default:
                into[path] = element.ValueKind == JsonValueKind.Null ? null : element.ToString();
                break;
        }
    }
}
