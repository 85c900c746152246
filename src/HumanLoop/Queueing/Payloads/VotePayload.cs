using System.Text.Json;

namespace HumanLoop.Queueing;

/// <summary>What a vote says, as opposed to that it was given: erased with the decision's data.</summary>
/// <param name="Reviewer">Who voted.</param>
/// <param name="Correction">The reviewer's version; <see langword="null"/> for none.</param>
/// <param name="Comment">The reviewer's comment.</param>
public sealed record VotePayload(string Reviewer, JsonElement? Correction, string? Comment);
