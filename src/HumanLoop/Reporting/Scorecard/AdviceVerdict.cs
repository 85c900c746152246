namespace HumanLoop.Reporting;

/// <summary>What a scorecard advises the owner.</summary>
public enum AdviceVerdict
{
    /// <summary>Go on as it is.</summary>
    GoOn = 0,

    /// <summary>Change nothing and widen nothing until something is mended.</summary>
    Hold = 1,

    /// <summary>Pause it, or end it: it does harm, or cannot reach its goal.</summary>
    Stop = 2,

    /// <summary>It does what it was made for: widen its scope, or take the next workflow.</summary>
    Expand = 3,
}
