using System.Text.Json.Serialization;

namespace HumanLoop.Reporting;

/// <summary>One sentence of advice.</summary>
/// <param name="Verdict">Go on, hold, stop or expand.</param>
/// <param name="Reason">Why: one of <see cref="AdviceReasons"/>.</param>
/// <param name="Says">The sentence.</param>
public sealed record ScorecardAdvice([property: JsonConverter(typeof(JsonStringEnumConverter<AdviceVerdict>))] AdviceVerdict Verdict, string Reason, string Says);
