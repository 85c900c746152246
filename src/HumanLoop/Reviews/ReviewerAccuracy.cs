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
    /// <summary>The share of the AI's errors that were overlooked, with its exact interval; <see langword="null"/> where none was shown.</summary>
    public RateEstimate? MissRate => RateEstimate.Exact(Missed, WrongShown);

    /// <summary>The share of the AI's right answers that were called wrong, with its exact interval; <see langword="null"/> where none was shown.</summary>
    public RateEstimate? FalseAlarmRate => RateEstimate.Exact(FalseAlarms, RightShown);
}
