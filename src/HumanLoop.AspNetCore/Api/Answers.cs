namespace HumanLoop.AspNetCore.Api;

// The small answers of the API.
internal sealed record ItemResultJson(string Id, string Result);

internal sealed record OutcomeJson(string Result);

internal sealed record PausedJson(bool IsPaused);

internal sealed record ProblemJson(string Type, string Title, int Status, string Detail, string Code, string? Line, ReviewJson? Review);
