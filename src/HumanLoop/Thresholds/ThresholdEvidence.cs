using System.Text.Json.Serialization;

namespace HumanLoop;

/// <summary>What is known of the decisions at or above a threshold.</summary>
/// <param name="Threshold">The threshold.</param>
/// <param name="Outcomes">n: reviewed outcomes at or above it, counted in decision order.</param>
/// <param name="Errors">e: how many of them were wrong, overdue ones included.</param>
/// <param name="Overdue">How many of the errors are answers that are missing past their deadline.</param>
/// <param name="LogEValue">The natural logarithm of the evidence against "too many of these are wrong"; 3 is about 1 in 20. NaN for policies that keep
/// none.</param>
/// <param name="ErrorRateBound">An upper limit of the error rate that holds at all times with the goal's confidence; 1 when nothing is known.</param>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record ThresholdEvidence(Threshold Threshold, long Outcomes, long Errors, long Overdue, double LogEValue, double ErrorRateBound);
