using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>One workflow's tools: those it was given, and the forms of those that conversations brought along.</summary>
internal sealed class ToolSet(string workflow, ToolApprovalOptions options)
{
    private readonly Dictionary<string, AIFunction> _own = options.Tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AIFunctionDeclaration> _seen = new(StringComparer.Ordinal);

    public string Workflow => workflow;

    public ToolApprovalOptions Options => options;

    public AIFunction? Find(string tool) => _own.GetValueOrDefault(tool);

    public void See(IEnumerable<AITool>? tools)
    {
        foreach (var tool in (tools ?? []).OfType<AIFunctionDeclaration>())
        {
            _seen[tool.Name] = tool;
        }
    }

    /// <summary>Why a call cannot be made, or <see langword="null"/>; a tool that nobody has described accepts any object.</summary>
    public string? Problem(ToolCall call)
    {
        var declared = _own.GetValueOrDefault(call.Tool) ?? _seen.GetValueOrDefault(call.Tool);
        return declared is not null ? ArgumentSchema.Problem(declared.JsonSchema, call.Arguments)
            : call.Arguments.ValueKind == JsonValueKind.Object ? null
            : "arguments must be an object.";
    }

    /// <summary>Why a reviewer's version cannot take the place of a call, or <see langword="null"/>.</summary>
    public string? Problem(ToolCall proposed, ToolCall corrected) =>
        corrected.Tool != proposed.Tool ? $"A correction changes the arguments of {proposed.Tool}; it cannot call {corrected.Tool} instead. Reject the call."
        : Problem(corrected) is { } problem ? $"{corrected.Tool}: {problem}"
        : null;
}
