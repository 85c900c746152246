namespace HumanLoop.Queueing;

/// <summary>The stored shape of a payload's smaller parts.</summary>
internal sealed record PayloadDetails(
    IReadOnlyDictionary<string, Confidence>? Fields,
    string? Briefing,
    Uri? Link,
    string? Subject,
    string? Comment,
    string? LastError,
    IReadOnlyList<VotePayload>? Votes = null,
    IReadOnlyList<ReviewNote>? Notes = null);
