using System.Text.Json;
using HumanLoop.AspNetCore.Comparing;
using HumanLoop.AspNetCore.Forms;
using HumanLoop.AspNetCore.Visiting;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>One review as its card shows it.</summary>
internal sealed record CardView
{
    private static readonly JsonElement Anything = JsonElement.Parse("{}");

    public required Review Review { get; init; }

    public required FormField Form { get; init; }

    public required string Why { get; init; }

    public required IReadOnlyList<string> Reasons { get; init; }

    public required TimeSpan Lease { get; init; }

    public string? Guidelines { get; init; }

    /// <summary>What is wrong with the correction that was sent.</summary>
    public string? Problem { get; init; }

    /// <summary>What the correction changes.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>Whether the form is open because something was entered.</summary>
    public bool IsEditing { get; init; }

    public string Address => ReviewAddress.Of(Review.Id);

    /// <summary>Whether the proposal was erased: it can be rejected and nothing else.</summary>
    public bool IsErased => Review.Proposal is null && !Review.IsBlind;

    /// <summary>How far several reviewers have come; <see langword="null"/> where one decides.</summary>
    public string? Votes => Review switch
    {
        { IsContested: true } => "The reviewers before you differ: your answer settles it.",
        { Reviewers: > 1 } => $"{Review.VoteCount} of {Review.Reviewers} reviewers have answered.",
        _ => null,
    };

    public static CardView Of(Visit visit, Review review, JsonElement? entered = null, IReadOnlyDictionary<string, string>? problems = null, string? problem = null)
    {
        var workflow = visit.FindWorkflow(review.Id.Workflow);
        return new()
        {
            Review = review,
            Form = ProposalForm.Of(SchemaOf(workflow), entered ?? review.Proposal, new(review.Fields, review.Threshold, problems ?? ProposalMarks.None.Problems)),
            Why = Explanation.Of(review),
            Reasons = workflow?.Reasons ?? [],
            Lease = workflow?.Lease ?? new ReviewOptions().Lease,
            Guidelines = workflow?.Guidelines,
            Problem = problem,
            IsEditing = entered is not null || review.IsBlind,
            Changes = entered is null || review.IsBlind ? [] : ProposalDiff.Of(review.Proposal, entered),
        };
    }

    public static JsonElement SchemaOf(WorkflowInfo? workflow) => workflow?.Schema ?? Anything;
}
