namespace HumanLoop.Extensions.AI;

/// <summary>The names under which the costs of confidences are reported, on the meter <c>HumanLoop</c>. Stable.</summary>
public static class ChatConfidenceDiagnostics
{
    /// <summary>Counter {call}: model calls made to find a confidence, beside the one that gave the answer.</summary>
    public const string Calls = "humanloop.confidence.calls";

    /// <summary>Counter {token}: tokens of those calls, where the provider tells.</summary>
    public const string Tokens = "humanloop.confidence.tokens";

    /// <summary>Histogram s: how long finding a confidence took; with <c>error.type</c> where it failed.</summary>
    public const string Duration = "humanloop.confidence.duration";

    /// <summary>Attribute: the <see cref="ChatConfidence.Method"/>.</summary>
    public const string MethodTag = "humanloop.confidence.method";

    /// <summary>Attribute: <c>input</c> or <c>output</c>.</summary>
    public const string TokenTypeTag = "humanloop.confidence.token.type";
}
