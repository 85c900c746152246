namespace HumanLoop;

/// <summary>What shares one threshold.</summary>
public enum ThresholdPer
{
    /// <summary>The whole workflow.</summary>
    Workflow = 0,

    /// <summary>Each segment for itself.</summary>
    Segment = 1,
}
