namespace HumanLoop;

/// <summary>How one reviewer, or everybody, answered golden items.</summary>
/// <param name="Reviewer">Who; empty for everybody.</param>
/// <param name="WrongShown">Answers on items whose proposal was wrong.</param>
/// <param name="Missed">How many of them called it right.</param>
/// <param name="RightShown">Answers on items whose proposal was right.</param>
/// <param name="FalseAlarms">How many of them called it wrong.</param>
/// <param name="Exact">Answers that were the known one in every value.</param>
public sealed record ReviewerAccuracy(string Reviewer, int WrongShown, int Missed, int RightShown, int FalseAlarms, int Exact)
{
    /// <summary>The share of the AI's errors that were overlooked, with its interval.</summary>
    public RateBounds MissRate => RateBounds.Of(Missed, WrongShown);

    /// <summary>The share of the AI's right answers that were called wrong, with its interval.</summary>
    public RateBounds FalseAlarmRate => RateBounds.Of(FalseAlarms, RightShown);
}
