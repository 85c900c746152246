using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>What becomes of one call: it passes, something else takes its place, or it is answered here and nobody runs it.</summary>
internal sealed record ToolRuling(FunctionCallContent Call, AIContent? Replacement = null, object? Answer = null)
{
    /// <summary>Whether the gate itself answers.</summary>
    public bool IsAnswered => Answer is not null;

    /// <summary>What stands in the response where the call stood.</summary>
    public AIContent Content
    {
        get
        {
            // What is answered here must not be run above: that is what this mark says to whoever runs calls.
            Call.InformationalOnly |= IsAnswered;
            return Replacement ?? Call;
        }
    }
}
