using System.Diagnostics.CodeAnalysis;
using HumanLoop.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace HumanLoop.Hosting;

/// <summary>Binds <c>HumanLoop:Workflows:{name}</c>, and says which key it could not read or does not know.</summary>
internal sealed class WorkflowConfiguration(IConfiguration? configuration) : IPostConfigureOptions<WorkflowOptions>
{
    public const string Root = "HumanLoop";

    // After everything set in code: what operators tune in configuration has the last word.
    public void PostConfigure(string? name, WorkflowOptions options)
    {
        var section = configuration?.GetSection($"{Root}:Workflows:{name}");
        if (section is null || !section.Exists())
        {
            return;
        }

        var problems = new List<string>();
        SettingKeys.Check(section, KnownKeys.Workflow, (key, problem) => problems.Add($"Workflow '{name}': {key} {problem}"));
        if (problems.Count == 0)
        {
            try
            {
                ReplaceLists(section, options);
                Bind(section, options);
            }
            catch (Exception unreadable) when (unreadable is InvalidOperationException or FormatException or ArgumentException)
            {
                // The check above knows every key's type; a value that it let through and the binder refuses is told in the binder's words.
                problems.Add($"Workflow '{name}': {unreadable.InnerException?.Message ?? unreadable.Message}");
            }
        }

        if (problems.Count > 0)
        {
            throw new OptionsValidationException(name ?? "", typeof(WorkflowOptions), problems);
        }
    }

    /// <summary>The binder adds to a list what it finds; the last word means that what was set in code goes.</summary>
    private static void ReplaceLists(IConfigurationSection section, WorkflowOptions options)
    {
        Replace("Scope:Segments", options.Scope.Segments);
        Replace("Review:EscalateTo", options.Review.EscalateTo);
        Replace("Review:ReasonsProposalWasRight", options.Review.ReasonsProposalWasRight);
        Replace("Review:Reasons", options.Review.Reasons);
        Replace("Review:Roles", options.Review.Roles);

        void Replace(string key, IList<string> list)
        {
            if (section.GetSection(key).GetChildren().Any())
            {
                list.Clear();
            }
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The binding is generated at compile time.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The binding is generated at compile time.")]
    private static void Bind(IConfigurationSection section, WorkflowOptions options) => section.Bind(options);
}
