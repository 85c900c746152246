namespace HumanLoop.Queueing;

/// <summary>Who may claim an item, as a short text. A store that keeps it in the key of its claim's index reads no work that the reviewer may not
/// have.</summary>
/// <remarks>A reviewer looks into <see cref="Free"/>, <see cref="Barred"/>, the lane with his own name, and every lane of skills that <see cref="Admits"/>
/// him. Lanes only propose: <see cref="ClaimRequest.Take"/> decides.</remarks>
public static class ClaimLane
{
    /// <summary>For every reviewer; also the lane of every effect.</summary>
    public const string Free = "";

    /// <summary>For every reviewer but those in <see cref="WorkItem.Barred"/>. It sorts before every name.</summary>
    public const string Barred = "\u0001";

    /// <summary>What a lane of skills begins with; all of them lie between it and <see cref="SkillsTo"/>.</summary>
    public const string SkillsFrom = "\n";

    /// <summary>The first text after all lanes of skills.</summary>
    public const string SkillsTo = "\v";

    /// <summary>The lane of an item.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The name of the reviewer it is assigned to, the skills it requires, <see cref="Barred"/> or <see cref="Free"/>.</returns>
    public static string Of(WorkItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.State != DecisionState.Pending ? Free
            : item.AssignedTo is { } person ? person
            : item.Routed.Requires is { } skills ? SkillsFrom + skills
            : item.Barred.Count > 0 ? Barred
            : Free;
    }

    /// <summary>Whether a reviewer's skills suffice for a lane of skills.</summary>
    /// <param name="lane">A lane that begins with <see cref="SkillsFrom"/>.</param>
    /// <param name="skills">The reviewer's skills.</param>
    /// <returns><see langword="true"/> when the reviewer has all of them.</returns>
    public static bool Admits(string lane, IReadOnlyList<string> skills)
    {
        ArgumentNullException.ThrowIfNull(lane);
        ArgumentNullException.ThrowIfNull(skills);
        return lane[SkillsFrom.Length..].Split(' ').All(skills.Contains);
    }
}
