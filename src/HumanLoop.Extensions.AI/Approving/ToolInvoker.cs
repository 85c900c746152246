using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Extensions.AI;

/// <summary>Runs parked tools: the only place that acts, at once or after a verdict.</summary>
internal sealed class ToolInvoker(IServiceProvider services, IEnumerable<IToolOutcomeObserver> observers) : IDecisionHandler<ToolCall>
{
    public async Task ActAsync(Resolution<ToolCall> resolution, CancellationToken cancellationToken)
    {
        var workflow = WorkflowOf(resolution);
        var tools = services.GetRequiredKeyedService<ToolSet>(workflow);
        var tool = tools.Find(resolution.Proposal.Tool)
            ?? throw new InvalidOperationException($"Workflow '{workflow}' has no tool named '{resolution.Proposal.Tool}' any more. Add it to ToolApprovalOptions.Tools, or settle the dead letter.");
        var result = ToJson(await tool.InvokeAsync(Arguments(resolution), cancellationToken).ConfigureAwait(false));
        if (!services.GetRequiredKeyedService<ParkedCalls>(workflow).HandOver(resolution.Decision.Id, result))
        {
            await TellAsync(resolution, result, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task DeclineAsync(Resolution<ToolCall> resolution, CancellationToken cancellationToken) => TellAsync(resolution, null, cancellationToken);

    public Task CompensateAsync(Resolution<ToolCall> resolution, CancellationToken cancellationToken) => TellAsync(resolution, null, cancellationToken);

    private async Task TellAsync(Resolution<ToolCall> resolution, JsonElement? result, CancellationToken cancellationToken)
    {
        foreach (var observer in observers)
        {
            await observer.ObserveAsync(new(resolution, result), cancellationToken).ConfigureAwait(false);
        }
    }

    private AIFunctionArguments Arguments(Resolution<ToolCall> resolution) =>
        new(CallContent.ToArguments(resolution.Proposal.Arguments))
        {
            Services = services,
            Context = new Dictionary<object, object?> { [typeof(Resolution<ToolCall>)] = resolution },
        };

    private static JsonElement? ToJson(object? result) => result switch
    {
        null => null,
        JsonElement json => json,
        _ => JsonSerializer.SerializeToElement(result, AIJsonUtilities.DefaultOptions.GetTypeInfo(result.GetType())),
    };

    /// <summary>A key is {workflow}/{id}/act, and a workflow's name has no slash.</summary>
    private static string WorkflowOf(Resolution<ToolCall> resolution) => resolution.IdempotencyKey[..resolution.IdempotencyKey.IndexOf('/', StringComparison.Ordinal)];
}
