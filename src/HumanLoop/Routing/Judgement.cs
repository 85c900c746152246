namespace HumanLoop.Routing;

/// <summary>Where a decision goes, and what learning from it will need: fixed before anybody knows whether it was right.</summary>
internal readonly record struct Judgement(DecisionRoute Route, bool Eligible, ReviewProbability ReviewProbability);
