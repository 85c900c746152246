namespace HumanLoop.Reporting;

/// <summary>What a scorecard has come to that its owner should hear of, once.</summary>
internal enum ScorecardEvent
{
    TargetReached,
    GuardMissed,
}
