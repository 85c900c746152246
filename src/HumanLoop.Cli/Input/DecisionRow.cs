namespace HumanLoop.Cli.Input;

/// <summary>One decision of a file.</summary>
/// <param name="Confidence">The confidence; unusable where nobody scored it.</param>
/// <param name="IsWrong">Whether the AI was wrong.</param>
/// <param name="Segment">The number of its segment.</param>
internal readonly record struct DecisionRow(Confidence Confidence, bool IsWrong, int Segment);
