namespace HumanLoop;

/// <summary>What happens to a review that was not answered in time. It never approves.</summary>
public enum WhenOverdue
{
    /// <summary>The next person up is told, then the owner; anybody may still answer.</summary>
    Escalate = 0,

    /// <summary>It waits on.</summary>
    Hold = 1,

    /// <summary>It is declined. That is no verdict: the evidence counts it as wrong until it is known. Checks of what has acted never expire.</summary>
    Expire = 2,
}
