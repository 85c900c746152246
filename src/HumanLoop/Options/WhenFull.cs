namespace HumanLoop;

/// <summary>What happens to new work that needs a person when people cannot keep up.</summary>
public enum WhenFull
{
    /// <summary>It is refused with a status (<see cref="RoutingStatus.Refused"/>), and the owner is told.</summary>
    Refuse = 0,

    /// <summary>It is recorded all the same, and the owner is told.</summary>
    TellOwner = 1,
}
