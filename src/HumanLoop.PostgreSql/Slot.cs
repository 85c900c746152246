using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql;

/// <summary>Who may claim an item, as a part of the claim's key: work for others is thus not waded through.</summary>
internal static class Slot
{
    /// <summary>For anybody, and for every effect.</summary>
    public const string Free = "";

    /// <summary>For all but those who abstained or voted. Sorts before every name.</summary>
    public const string Barred = "\u0001";

    /// <summary>What the slot of work that requires skills begins with, and the first character after it.</summary>
    public const string SkillsFrom = "\n";
    public const string SkillsTo = "\v";

    public static string Of(WorkItem item) =>
        item.State != ReviewState.Pending ? Free
        : item.AssignedTo is { } person ? person
        : item.Routed.Requires is { } skills ? SkillsFrom + skills
        : item.Barred.Count > 0 ? Barred
        : Free;

    /// <summary>Whether a reviewer's skills suffice for a slot of skills.</summary>
    public static bool Admits(string slot, IReadOnlyList<string> skills) => slot[SkillsFrom.Length..].Split(' ').All(skills.Contains);
}
