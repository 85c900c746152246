namespace HumanLoop.Extensions.AI;

/// <summary>What the model is told in place of a tool's result.</summary>
internal static class ToolAnswers
{
    public static string Queued(DecisionId id) =>
        $"Not done yet: a person has to approve this call. It is queued as #{id}, and its outcome will be told later. Do not call the tool again for this; go on without the result.";

    public static string UnderWay(DecisionId id) =>
        $"Under way as #{id}; its outcome will be told later. Do not call the tool again for this; go on without the result.";

    public static string Refused { get; } =
        "Not done: too many calls already wait for a person. Nothing was queued; tell the user that it is not possible now.";

    public static string Shadow { get; } =
        "Not done: the call was recorded and is not carried out, for this workflow only observes.";

    public static string Rejected(string? reason) =>
        string.IsNullOrWhiteSpace(reason)
            ? "Tool call invocation was rejected by the approver and must not be retried."
            : $"Tool call invocation was rejected by the approver and must not be retried. {reason}";

    public static string Invalid(string tool, string problem) => $"Error: {tool} was not called, for its arguments do not fit: {problem}";

    public static string Unknown(string tool) => $"Error: there is no tool named {tool}.";

    /// <summary>What a reviewer said with a verdict, for the model to read.</summary>
    public static string? Reason(Verdict? verdict)
    {
        var said = string.Join(": ", new[] { verdict?.Reason, verdict?.Comment }.Where(text => !string.IsNullOrWhiteSpace(text)));
        return said.Length == 0 ? null : said;
    }
}
