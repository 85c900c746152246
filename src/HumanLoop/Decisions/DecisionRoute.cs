namespace HumanLoop;

/// <summary>Where a decision goes and why.</summary>
/// <remarks>The only route that user code can make is <see cref="Review(string)"/>: a rule can ask for a person, never force an act.</remarks>
public sealed record DecisionRoute
{
    private DecisionRoute(RouteKind kind, string reason)
    {
        Kind = kind;
        Reason = reason;
    }

    /// <summary>Where the decision goes.</summary>
    public RouteKind Kind { get; }

    /// <summary>Why, in stable snake_case: <c>below_threshold</c>, <c>confidence_missing</c>, <c>weak_field:total</c>, or a rule's own reason.</summary>
    public string Reason { get; }

    /// <summary>Whether the decision acts without waiting for a person: straight through or audited.</summary>
    public bool ActsAtOnce => Kind != RouteKind.Review;

    /// <summary>Sends a decision to a person.</summary>
    /// <param name="reason">Why, in snake_case: 1 to 100 of <c>a–z 0–9 _ . : -</c>, beginning with a letter, such as <c>large_amount</c>.</param>
    /// <returns>A route to review.</returns>
    /// <exception cref="ArgumentException">The reason is empty, too long or not in that alphabet.</exception>
    public static DecisionRoute Review(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (reason.Length is 0 or > 100 || !char.IsAsciiLetterLower(reason[0]) || reason.AsSpan().ContainsAnyExcept(ReasonAlphabet))
        {
            throw new ArgumentException($"A reason is 1 to 100 characters of a–z, 0–9, '_', '.', ':' and '-', beginning with a letter, such as large_amount; not '{reason}'.", nameof(reason));
        }

        return new(RouteKind.Review, reason);
    }

    internal static DecisionRoute StraightThrough { get; } = new(RouteKind.StraightThrough, RouteReasons.AtOrAboveThreshold);

    internal static DecisionRoute Audit { get; } = new(RouteKind.Audit, RouteReasons.AuditDraw);

    /// <summary>A route as it was recorded; for reading back what was judged, and for reasons that the library makes itself.</summary>
    internal static DecisionRoute Of(RouteKind kind, string reason) => new(kind, reason);

    private static readonly System.Buffers.SearchValues<char> ReasonAlphabet =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.:-");
}
