namespace HumanLoop.Acting;

/// <summary>The key of an effect, the same on every attempt.</summary>
internal static class IdempotencyKey
{
    public static string Of(string workflow, DecisionId id, Effect effect) => effect switch
    {
        Effect.Act => $"{workflow}/{id.Value}/act",
        Effect.Decline => $"{workflow}/{id.Value}/decline",
        Effect.Compensate => $"{workflow}/{id.Value}/compensate",
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, "Nothing is done, so nothing has a key."),
    };
}
