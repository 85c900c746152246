using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>How the tool calls of one workflow are approved.</summary>
public sealed class ToolApprovalOptions
{
    /// <summary>What becomes of the conversation meanwhile.</summary>
    /// <value>The default is <see cref="ToolApprovalMode.Approval"/>.</value>
    public ToolApprovalMode Mode { get; set; }

    /// <summary>The tools of this workflow. In <see cref="ToolApprovalMode.Park"/> the loop runs them, here or after a restart, so they are required; in the
    /// other modes they let corrections be checked in a process that holds no conversation.</summary>
    /// <value>The default is none: the tools that conversations bring along are known as soon as one did.</value>
    public IList<AIFunction> Tools { get; } = [];

    /// <summary>Names of tools that run unasked, such as those that only read. Their calls are no decisions: not recorded, not reviewed.</summary>
    /// <value>The default is none.</value>
    public ISet<string> Exempt { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How long <see cref="ToolApprovalMode.Wait"/> waits; then the decision is withdrawn and the model told that it was rejected.</summary>
    /// <value>From 1 second to 1 day; the default is 2 minutes.</value>
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Completes the decision on a call before it is routed: briefing, link, subject, or a confidence that the application knows. What it returns keeps
    /// its proposal and its id.</summary>
    /// <value>The default leaves it as the gate made it: segment is the tool, briefing the last user message, model the one that answered with the fingerprint of
    /// its prompt.</value>
    public Func<Decision<ToolCall>, Decision<ToolCall>> Describe { get; set; } = static decision => decision;
}
