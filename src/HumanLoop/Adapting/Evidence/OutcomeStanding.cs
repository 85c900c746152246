namespace HumanLoop.Adapting;

/// <summary>What is known of whether the AI was right, in one decision.</summary>
internal enum OutcomeStanding
{
    /// <summary>There is no answer yet.</summary>
    Unknown,

    /// <summary>The AI's proposal was right.</summary>
    Right,

    /// <summary>The AI's proposal was wrong.</summary>
    Wrong,

    /// <summary>The answer is missing past its deadline, was withdrawn or cannot be had: counts as wrong until it comes.</summary>
    Overdue,
}
