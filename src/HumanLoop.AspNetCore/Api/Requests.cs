using System.Text.Json;

namespace HumanLoop.AspNetCore.Api;

// The bodies that the API reads. Everything is optional here; each call says what it misses.
internal sealed record ClaimBody(string? Workflow, string? Segment, int? Limit);

internal sealed record RevisionBody(long? Revision);

internal sealed record EscalateBody(long? Revision, string? Person);

internal sealed record VerdictBody(long? Revision, string? Verdict, JsonElement? Proposal, bool? ProposalWasRight, string? Reason, string? Comment);

internal sealed record ReleaseManyBody(IReadOnlyList<string>? Ids);

internal sealed record AssignManyBody(IReadOnlyList<string>? Ids, string? Person);

internal sealed record SettleBody(string? Note);

internal sealed record OutcomeBody(string? DecisionId, bool? WasRight, string? ReportedBy, DateTimeOffset? ObservedAt);

internal sealed record PauseBody(string? Reason);
