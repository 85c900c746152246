using System.Text.Json;
using HumanLoop;
using HumanLoop.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds workflows that approve tool calls.</summary>
public static class HumanLoopToolApprovalExtensions
{
    /// <summary>Adds a workflow whose decisions are tool calls. Put <c>UseHumanLoop</c> under the chat client that makes them.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="workflow">The workflow's name; its settings are <c>HumanLoop:Workflows:{workflow}</c>, as for every other.</param>
    /// <param name="options">Sets the mode and the tools.</param>
    /// <param name="configure">Says how calls are scored and which rules hold. The segment of a call is its tool.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is not allowed or taken, or the options contradict each other.</exception>
    public static IHumanLoopBuilder AddToolApproval(this IHumanLoopBuilder builder, string workflow, Action<ToolApprovalOptions>? options = null, Action<WorkflowBuilder<ToolCall>>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var chosen = new ToolApprovalOptions();
        options?.Invoke(chosen);
        Require(workflow, chosen);
        var tools = new ToolSet(workflow, chosen);
        builder.AddWorkflow(workflow, ToolCallJson.Default.ToolCall, calls =>
        {
            calls.RefuseCorrectionWhen(tools.Problem).CountAsErrorWhen(static (proposed, corrected) => !JsonElement.DeepEquals(proposed.Arguments, corrected.Arguments));
            if (chosen.Mode == ToolApprovalMode.Park)
            {
                calls.UseHandler<ToolInvoker>();
            }

            configure?.Invoke(calls);
        });
        builder.Services.AddKeyedSingleton(workflow, tools).AddSingleton(tools).AddKeyedSingleton(workflow, new ParkedCalls());
        builder.Services.AddKeyedSingleton(workflow, (services, _) => Approvals(services, tools));
        builder.Services.TryAddSingleton(services => Approvals(services, ToolSets.Only(services)));
        return builder;
    }

    private static ToolApprovals Approvals(IServiceProvider services, ToolSet tools) =>
        new(tools, services.GetRequiredKeyedService<IDecisionRouter<ToolCall>>(tools.Workflow), services.GetRequiredService<IReviewDesk>());

    private static void Require(string workflow, ToolApprovalOptions options)
    {
        if (!Enum.IsDefined(options.Mode))
        {
            throw new ArgumentException($"Workflow '{workflow}': Mode is {options.Mode}; it must be {string.Join(", ", Enum.GetNames<ToolApprovalMode>())}.", nameof(options));
        }

        if (options.Mode == ToolApprovalMode.Park && options.Tools.Count == 0)
        {
            throw new ArgumentException($"Workflow '{workflow}' parks tool calls and has no Tools to run once they are approved. Add them to ToolApprovalOptions.Tools.", nameof(options));
        }

        if (options.WaitTimeout < TimeSpan.FromSeconds(1) || options.WaitTimeout > TimeSpan.FromDays(1))
        {
            throw new ArgumentException($"Workflow '{workflow}': WaitTimeout is {options.WaitTimeout:c}; it must be from 00:00:01 to 1.00:00:00.", nameof(options));
        }

        if (options.Tools.GroupBy(tool => tool.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Workflow '{workflow}' has {twice.Count()} tools named '{twice.Key}'; a name is given once.", nameof(options));
        }
    }
}
