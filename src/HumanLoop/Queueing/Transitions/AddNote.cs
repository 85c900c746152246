using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>A person writes a note on a review, open or closed. It decides nothing and moves no revision.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="Text">What it says; payload.</param>
internal sealed record AddNote(string Workflow, DecisionId DecisionId, string Text) : Transition(Workflow, DecisionId)
{
    /// <summary>How many notes a review may have.</summary>
    public const int MaxNotes = 100;

    internal override Transition Sealed(PayloadSeal seal) => this with { Text = seal.Protect(Text)! };

    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        return item.IsErased ? Refuse(item, TransitionStatus.Closed)
            : item.Payload?.Notes.Count >= MaxNotes ? Refuse(item, TransitionStatus.NotAllowed)
            : Accept(item, now, new ReviewNoted(), payload => payload with { Notes = [.. payload.Notes, new(Actor ?? "", now, Text)] });
    }
}
