using HumanLoop;
using HumanLoop.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

/// <summary>Puts the gate for tool calls into a chat client.</summary>
public static class HumanLoopChatClientBuilderExtensions
{
    /// <summary>Lets the model's tool calls run where its confidence reaches the workflow's threshold, and holds the others for a person. Goes right after
    /// <c>UseFunctionInvocation</c>, which runs what the gate lets through.</summary>
    /// <param name="builder">The builder; build it with the application's services.</param>
    /// <param name="workflow">The workflow that <c>AddToolApproval</c> added; <see langword="null"/> for the only one.</param>
    /// <returns>The builder.</returns>
    /// <remarks>Building the client throws an <see cref="InvalidOperationException"/> when there is no such workflow, or when the gate stands above function
    /// invocation, where it would see calls only after they ran.</remarks>
    public static ChatClientBuilder UseHumanLoop(this ChatClientBuilder builder, string? workflow = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) =>
        {
            if (inner.GetService<FunctionInvokingChatClient>() is not null)
            {
                throw new InvalidOperationException("UseHumanLoop stands above UseFunctionInvocation, where tool calls have run before it sees them. Write .UseFunctionInvocation().UseHumanLoop().");
            }

            var tools = workflow is null ? ToolSets.Only(services)
                : services.GetKeyedService<ToolSet>(workflow) ?? throw new InvalidOperationException($"There is no workflow '{workflow}' that approves tool calls. Add it: services.AddHumanLoop().AddToolApproval(\"{workflow}\"), and build the chat client with the application's services.");
            var logger = services.GetRequiredService<ILogger<ToolGate>>();
            var judge = new ToolJudge(
                tools,
                services.GetRequiredKeyedService<IDecisionRouter<ToolCall>>(tools.Workflow),
                services.GetRequiredKeyedService<ParkedCalls>(tools.Workflow),
                services.GetRequiredService<TimeProvider>(),
                logger);
            return new ToolGate(inner, judge, tools.Workflow, logger);
        });
    }
}
