namespace HumanLoop;

/// <summary>What a reviewer found, as stored. Abstaining decides nothing and is an entry of its own.</summary>
public enum VerdictKind
{
    /// <summary>Right as it stands.</summary>
    Approved = 0,

    /// <summary>The reviewer's version acts.</summary>
    Corrected = 1,

    /// <summary>It must not act.</summary>
    Rejected = 2,
}
