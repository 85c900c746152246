namespace HumanLoop;

/// <summary>How the threshold moves.</summary>
public enum ThresholdPolicy
{
    /// <summary>It starts by reviewing everything and is loosened only as reviewed outcomes prove that the error rate stays within the limit.</summary>
    RiskControlled = 0,

    /// <summary>It stays where it is put. Promises nothing about errors.</summary>
    Fixed = 1,

    /// <summary>It moves one step with a streak of right answers. Promises nothing about errors.</summary>
    Streak = 2,

    /// <summary>It follows a Wilson interval over a window. Promises nothing under repeated looks.</summary>
    Wilson = 3,

    /// <summary>It balances the cost of an error against that of a review, and is never looser than <see cref="RiskControlled"/>, whose promise it keeps.</summary>
    CostOptimal = 4,
}
