namespace HumanLoop;

/// <summary>What a new model or prompt version does to an earned threshold.</summary>
public enum OnNewModel
{
    /// <summary>Everything is reviewed until it is earned again.</summary>
    StartAgain = 0,

    /// <summary>It stays, every act is checked, and it is labelled unearned.</summary>
    KeepAndCheckAll = 1,
}
