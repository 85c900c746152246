namespace HumanLoop.AspNetCore.Admitting;

/// <summary>Why a call is not let in, and what its developer can do about it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable, in snake_case.</param>
/// <param name="Title">What is the matter.</param>
/// <param name="Detail">What to do about it.</param>
/// <param name="Line">The line of code that mends it; <see langword="null"/> where none does.</param>
internal sealed record Refusal(int Status, string Code, string Title, string Detail, string? Line = null);
