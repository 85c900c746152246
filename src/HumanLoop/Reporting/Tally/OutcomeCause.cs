namespace HumanLoop.Reporting;

/// <summary>Why a decision counts as right or wrong.</summary>
internal enum OutcomeCause
{
    None,
    Right,
    Wrong,
    Withdrawn,
    Expired,
    Overdue,
}
