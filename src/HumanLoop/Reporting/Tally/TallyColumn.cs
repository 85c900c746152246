namespace HumanLoop.Reporting;

/// <summary>What a tally counts of each day, segment and life. The numbers are stored: add at the end, never reorder.</summary>
internal enum TallyColumn
{
    Decisions,

    /// <summary>Acted without waiting for a person; checked ones included.</summary>
    StraightThrough,

    /// <summary>Acted, and drawn to be checked.</summary>
    Audits,

    /// <summary>Sent to a person by a rule, by scope or for lack of a usable confidence.</summary>
    Ineligible,

    Shadow,

    /// <summary>Await a verdict, by the day they were routed.</summary>
    Open,

    // What is known of eligible decisions that were reviewed before they acted, by the day they were routed; in the order of OutcomeCause.
    ReviewedRight,
    ReviewedWrong,
    ReviewedWithdrawn,
    ReviewedExpired,
    ReviewedOverdue,

    // The same of those that acted at once and were checked.
    CheckedRight,
    CheckedWrong,
    CheckedWithdrawn,
    CheckedExpired,
    CheckedOverdue,

    /// <summary>1/p of the checked and right ones, in units of <see cref="InverseProbability.One"/>.</summary>
    WeightRight,

    /// <summary>The same of all other checked ones with an answer or past its deadline.</summary>
    WeightWrong,

    /// <summary>1/p² of all of them, a whole number: the ladder's squares are powers of two.</summary>
    WeightSquares,

    // By the day of the verdict.
    Approved,
    Corrected,
    Rejected,
    HandlingSeconds,
    Handled,
    WaitingSeconds,
    Waited,

    // By the day that it happened.
    Overdue,
    Escalated,
    Abstained,
    DeadLetters,
    ReportedRight,
    ReportedWrong,
}
