namespace HumanLoop.AspNetCore.Comparing;

/// <summary>One value of a proposal that a reviewer changed.</summary>
internal sealed record FieldChange(string Label, IReadOnlyList<DiffPart> Parts);
