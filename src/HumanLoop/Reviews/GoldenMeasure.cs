namespace HumanLoop;

/// <summary>How well people review, by golden items.</summary>
/// <param name="Everybody">All answers together: what <c>Threshold:ReviewerMissRate</c> and <c>Threshold:ReviewerFalseAlarmRate</c> are about.</param>
/// <param name="Reviewers">Each reviewer, in the order of their names.</param>
public sealed record GoldenMeasure(ReviewerAccuracy Everybody, IReadOnlyList<ReviewerAccuracy> Reviewers);
