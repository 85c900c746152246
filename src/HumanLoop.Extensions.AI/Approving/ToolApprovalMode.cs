namespace HumanLoop.Extensions.AI;

/// <summary>What becomes of a conversation while a person decides on a tool call.</summary>
public enum ToolApprovalMode
{
    /// <summary>The response ends with an approval request; the application resumes the conversation when the verdict is there, be it days and restarts
    /// later.</summary>
    Approval = 0,

    /// <summary>The model is told that the call is queued and goes on; once approved the loop itself runs the tool, and the outcome comes to
    /// <see cref="IToolOutcomeObserver"/>.</summary>
    Park = 1,

    /// <summary>The response waits for the verdict, and after a timeout counts it as a rejection: for people who sit beside the conversation.</summary>
    Wait = 2,
}
