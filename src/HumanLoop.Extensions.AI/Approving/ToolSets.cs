using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Extensions.AI;

/// <summary>Finds the workflow whose tools are meant.</summary>
internal static class ToolSets
{
    /// <summary>The tools of the only workflow that approves calls; with several, the application has to name one.</summary>
    public static ToolSet Only(IServiceProvider services)
    {
        ToolSet[] all = [.. services.GetServices<ToolSet>()];
        return all switch
        {
            [{ } only] => only,
            [] => throw new InvalidOperationException("No workflow approves tool calls. Add one: services.AddHumanLoop().AddToolApproval(\"tools\"), and build the chat client with the application's services."),
            _ => throw new InvalidOperationException($"Several workflows approve tool calls ({string.Join(", ", all.Select(tools => tools.Workflow))}): name one, as in UseHumanLoop(\"{all[0].Workflow}\")."),
        };
    }
}
