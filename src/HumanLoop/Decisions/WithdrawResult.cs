namespace HumanLoop;

/// <summary>What became of an attempt to withdraw a decision.</summary>
public enum WithdrawResult
{
    /// <summary>The store does not know the decision.</summary>
    UnknownDecision = 0,

    /// <summary>It will not act: no effect had begun.</summary>
    Withdrawn = 1,

    /// <summary>Too late: it acted, or an attempt has begun whose end is not known.</summary>
    AlreadyActed = 2,
}
