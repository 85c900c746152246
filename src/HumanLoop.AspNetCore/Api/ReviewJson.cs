using System.Text.Json;
using HumanLoop.AspNetCore.Visiting;

namespace HumanLoop.AspNetCore.Api;

/// <summary>A review as the API shows it. What is absent is unknown, none, or not for this caller's eyes.</summary>
internal sealed record ReviewJson
{
    public required string Id { get; init; }

    public required string Workflow { get; init; }

    public required string DecisionId { get; init; }

    public required string State { get; init; }

    public required long Revision { get; init; }

    public bool? IsBlind { get; init; }

    public string? Segment { get; init; }

    public string? Model { get; init; }

    public JsonElement? Proposal { get; init; }

    public JsonElement? Correction { get; init; }

    public double? Confidence { get; init; }

    public double? Threshold { get; init; }

    public IReadOnlyDictionary<string, double?>? Fields { get; init; }

    public string? Reason { get; init; }

    public bool? IsAudit { get; init; }

    public string? Briefing { get; init; }

    public string? Link { get; init; }

    public required DateTimeOffset RoutedAt { get; init; }

    public DateTimeOffset? Due { get; init; }

    public required bool IsOverdue { get; init; }

    public required int Priority { get; init; }

    public string? AssignedTo { get; init; }

    public IReadOnlyList<string>? Requires { get; init; }

    public required int Reviewers { get; init; }

    public required int VoteCount { get; init; }

    public bool? IsContested { get; init; }

    public IReadOnlyList<VerdictJson>? Votes { get; init; }

    public IReadOnlyList<NoteJson>? Notes { get; init; }

    public string? Supersedes { get; init; }

    public string? SupersededBy { get; init; }

    public LeaseJson? Lease { get; init; }

    public VerdictJson? Verdict { get; init; }

    public string? Effect { get; init; }

    public required int Attempts { get; init; }

    public string? LastError { get; init; }

    public static ReviewJson Of(Review review) => new()
    {
        Id = ReviewAddress.Of(review.Id),
        Workflow = review.Id.Workflow,
        DecisionId = review.Id.DecisionId.Value,
        State = review.State.Name(),
        Revision = review.Revision,
        IsBlind = review.IsBlind ? true : null,
        Segment = review.Segment,
        Model = review.Model,
        Proposal = review.Proposal,
        Correction = review.Correction,
        Confidence = Number(review.Confidence),
        Threshold = review.Threshold.IsReviewEverything ? null : review.Threshold.Value,
        Fields = review.Fields?.ToDictionary(field => field.Key, field => Number(field.Value)),
        Reason = review.IsBlind ? null : review.Reason,
        IsAudit = review.IsBlind ? null : review.IsAudit,
        Briefing = review.Briefing,
        Link = review.Link?.AbsoluteUri,
        RoutedAt = review.RoutedAt,
        Due = review.Due,
        IsOverdue = review.IsOverdue,
        Priority = review.Priority,
        AssignedTo = review.AssignedTo,
        Requires = review.Requires is [] ? null : review.Requires,
        Reviewers = review.Reviewers,
        VoteCount = review.VoteCount,
        IsContested = review.IsContested ? true : null,
        Votes = review.Votes is [] ? null : [.. review.Votes.Select(vote => VerdictJson.Of(vote)!)],
        Notes = review.Notes is [] ? null : [.. review.Notes.Select(note => new NoteJson(note.By, note.At, note.Text))],
        Supersedes = review.Supersedes.IsEmpty ? null : review.Supersedes.Value,
        SupersededBy = review.SupersededBy.IsEmpty ? null : review.SupersededBy.Value,
        Lease = review.Lease is { } lease ? new(lease.Holder, lease.Until) : null,
        Verdict = VerdictJson.Of(review.Verdict),
        Effect = review.Effect == HumanLoop.Effect.None ? null : review.Effect.ToString().ToLowerInvariant(),
        Attempts = review.Attempts,
        LastError = review.LastError,
    };

    private static double? Number(Confidence confidence) => confidence.IsUsable ? confidence.Value : null;
}
