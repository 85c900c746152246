namespace HumanLoop;

/// <summary>Where a decision goes. The default is <see cref="Review"/>, the safe one.</summary>
public enum RouteKind
{
    /// <summary>A person decides before anything happens.</summary>
    Review = 0,

    /// <summary>It acts at once and is not looked at.</summary>
    StraightThrough = 1,

    /// <summary>It acts at once, and a person checks it afterwards: drawn by chance, the only sight of errors above the threshold.</summary>
    Audit = 2,
}
