namespace HumanLoop.Queueing;

/// <summary>The skills that a review requires, as they are stored: in ordinal order with a space between.</summary>
internal static class SkillCodes
{
    private const int Most = 10;
    private const int MaxLength = 64;

    /// <summary>What is wrong with a list of skills, as the rest of a sentence; <see langword="null"/> when nothing is.</summary>
    public static string? Problem(IReadOnlyList<string>? skills)
    {
        if (skills is null)
        {
            return "is null; leave it out for none.";
        }

        if (skills.Count > Most)
        {
            return $"has {skills.Count} skills; it has at most {Most}.";
        }

        return skills.FirstOrDefault(skill => skill is not { Length: > 0 and <= MaxLength } || skill.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))) is { } bad
            ? $"has '{bad}'; a skill is a code of 1 to {MaxLength} characters without white space, such as german."
            : skills.Contains(null!) ? "has an empty skill; leave it out." : null;
    }

    public static string? Join(IReadOnlyList<string> skills) =>
        skills.Count == 0 ? null : string.Join(' ', skills.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
