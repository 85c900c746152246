using System.Text.Json;
using HumanLoop.Queueing;
using HumanLoop.Reviewing;

namespace HumanLoop.Cli.Store;

/// <summary>What <c>humanloop reviews</c> and <c>humanloop dead-letters</c> tell of one decision. Its data is told only of one that is shown alone.</summary>
internal sealed record ReviewReport
{
    public required string Id { get; init; }

    public required string Workflow { get; init; }

    public required DecisionState State { get; init; }

    public string? Segment { get; init; }

    public string? Model { get; init; }

    public double? Confidence { get; init; }

    public required string Reason { get; init; }

    public bool IsAudit { get; init; }

    public required DateTimeOffset RoutedAt { get; init; }

    public DateTimeOffset? Due { get; init; }

    public bool IsOverdue { get; init; }

    public int Priority { get; init; }

    public string? AssignedTo { get; init; }

    public string? HeldBy { get; init; }

    public Effect Effect { get; init; }

    public int Attempts { get; init; }

    public string? Verdict { get; init; }

    public string? Reviewer { get; init; }

    public long Revision { get; init; }

    public JsonElement? Proposal { get; init; }

    public string? Briefing { get; init; }

    public Uri? Link { get; init; }

    public string? LastError { get; init; }

    /// <summary>What is known of it without its data; of a blind review, what its reviewer may know.</summary>
    public static ReviewReport Of(WorkItem item)
    {
        var view = ReviewView.Of(item);
        return new()
        {
            Id = view.Id.ToString(),
            Workflow = item.Workflow,
            State = view.State,
            Segment = view.Segment,
            Model = view.Model,
            Confidence = view.Confidence.IsUsable ? view.Confidence.Value : null,
            Reason = view.Reason,
            IsAudit = view.IsAudit,
            RoutedAt = view.RoutedAt,
            Due = view.Due,
            IsOverdue = view.IsOverdue,
            Priority = view.Priority,
            AssignedTo = view.AssignedTo,
            HeldBy = item.LeaseHolder,
            Effect = view.Effect,
            Attempts = view.Attempts,
            Verdict = item.Verdict?.Kind.ToString(),
            Reviewer = item.Verdict?.Reviewer,
            Revision = view.Revision,
        };
    }

    /// <summary>All of it.</summary>
    public static ReviewReport WithData(WorkItem item)
    {
        var view = ReviewView.Of(item);
        return Of(item) with { Proposal = view.Proposal, Briefing = view.Briefing, Link = view.Link, LastError = view.LastError };
    }

    public string Line() => string.Join("  ", new[]
    {
        Id,
        State.ToString(),
        Segment is null ? "" : $"segment {Segment}",
        Confidence is { } sure ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"confidence {sure:0.###}") : "no confidence",
        Reason,
        IsAudit ? "check" : "",
        IsOverdue ? "overdue" : Due is { } due ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"due {due.UtcDateTime:yyyy-MM-dd HH:mm}") : "",
        HeldBy is null ? "" : $"held by {HeldBy}",
        AssignedTo is null ? "" : $"for {AssignedTo}",
        State == DecisionState.DeadLetter ? $"{Effect} failed {Attempts} times" : "",
    }.Where(part => part.Length > 0));
}
