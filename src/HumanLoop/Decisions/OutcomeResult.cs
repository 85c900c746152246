namespace HumanLoop;

/// <summary>What became of an outcome or a truth that was reported later.</summary>
public enum OutcomeResult
{
    /// <summary>The store does not know the decision, or has forgotten it: nothing was recorded.</summary>
    UnknownDecision = 0,

    /// <summary>It is evidence: the decision had been drawn to be looked at, and this replaces its verdict.</summary>
    Evidence = 1,

    /// <summary>It is journaled and shown, never evidence: the decision was not drawn, and complaints are a biased sample.</summary>
    Shown = 2,
}
