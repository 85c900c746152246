using HumanLoop.Queueing;

namespace HumanLoop.Sqlite;

/// <summary>Who may claim a review, as a key: '' for anybody, a person it is assigned to, or the skills that it requires. Work for others is thus never waded through.</summary>
internal static class Audience
{
    /// <summary>What a key of skills begins with, and the first character after it: all of them lie in between.</summary>
    public const string SkillsFrom = "\n";
    public const string SkillsTo = "\v";

    public static string Of(WorkItem item) =>
        item.State != ReviewState.Pending ? ""
        : item.AssignedTo is { } person ? person
        : item.Routed.Requires is { } skills ? SkillsFrom + skills
        : "";

    /// <summary>Whether a reviewer's skills suffice for a key of skills.</summary>
    public static bool Admits(string key, IReadOnlyList<string> skills) => key[SkillsFrom.Length..].Split(' ').All(skills.Contains);
}
