namespace HumanLoop.Reporting;

/// <summary>How many decisions count as wrong for one cause.</summary>
/// <param name="Cause"><c>wrong</c>: found wrong; <c>withdrawn</c>: taken back or superseded; <c>expired</c>: not answered, and declined; <c>overdue</c>:
/// unanswered past the evidence deadline.</param>
/// <param name="Reviewed">Of those that were reviewed before they acted.</param>
/// <param name="Checked">Of those that had acted and were checked.</param>
public sealed record ScorecardCause(string Cause, long Reviewed, long Checked);
