namespace HumanLoop;

/// <summary>The stable name of a route's kind, in stored records and on metrics.</summary>
internal static class RouteKindNames
{
    public static string Name(this RouteKind kind) => kind switch
    {
        RouteKind.StraightThrough => "straight_through",
        RouteKind.Audit => "audit",
        _ => "review",
    };
}
