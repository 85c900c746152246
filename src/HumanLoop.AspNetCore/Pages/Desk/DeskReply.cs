using HumanLoop.AspNetCore.Visiting;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>What the desk sends back after each step: the cards to come, what was done, and how the queue stands.</summary>
internal sealed record DeskReply
{
    public IReadOnlyList<CardView> Cards { get; init; } = [];

    public IReadOnlyList<DoneView> Done { get; init; } = [];

    public string? Notice { get; init; }

    public long Waiting { get; init; }

    public long Overdue { get; init; }

    /// <summary>A verdict that was given, as the list of the last ones shows it.</summary>
    internal sealed record DoneView(Review Review, DateTimeOffset? UndoUntil)
    {
        public string Address => ReviewAddress.Of(Review.Id);

        public string What => Review.Verdict switch
        {
            Verdict.Approved => "approved",
            Verdict.Corrected => "corrected",
            Verdict.Rejected => "rejected",
            _ => Review.State == DecisionState.Pending ? "passed on" : Review.State.Name().Replace('_', ' '),
        };
    }
}
