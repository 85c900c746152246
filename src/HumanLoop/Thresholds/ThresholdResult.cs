namespace HumanLoop;

/// <summary>What became of an operator's word on a threshold.</summary>
public enum ThresholdResult
{
    /// <summary>It is on record; every process follows within 2 seconds.</summary>
    Recorded = 0,

    /// <summary>No such proposal waits: it was answered before, or its evidence has changed. Look again.</summary>
    NotProposed = 1,

    /// <summary>The threshold is looser than what is earned. Nothing was done; say so explicitly if that is what you want.</summary>
    WouldVoidGuarantee = 2,

    /// <summary>There is no threshold for that segment.</summary>
    UnknownSegment = 3,
}
