using HumanLoop.AspNetCore.Admitting;

namespace HumanLoop.AspNetCore.Visiting;

/// <summary>Why a request on a review came to nothing.</summary>
internal static class Problem
{
    public static Refusal Of(ReviewResult result) => result.Status switch
    {
        TransitionStatus.NotFound => new(404, "not_found", "There is no such review", "It was never routed, or it is so old that it was forgotten."),
        TransitionStatus.StaleRevision => new(409, "stale_revision", "The review moved on", "It is not what you saw any more. Read it again, and decide on what it is now."),
        TransitionStatus.LeaseLost => new(409, "lease_lost", "You do not hold this review", "Your hold ended or was taken away, and somebody else may decide it. Claim it again."),
        TransitionStatus.AlreadyDecided => new(409, "already_decided", "Somebody decided before", "The first verdict stands."),
        TransitionStatus.AlreadyVoted => new(409, "already_voted", "You have answered this one", "Nobody answers a review twice; somebody else is asked."),
        TransitionStatus.Superseded => new(409, "superseded", "A newer decision took its place", "Decide that one instead; this one will not act."),
        TransitionStatus.Closed => new(409, "closed", "There is nothing left to decide", "The decision was withdrawn, expired or came to its end."),
        TransitionStatus.InvalidProposal => new(422, "invalid_proposal", "The correction is not a proposal of this workflow", result.Problem ?? "It does not fit the workflow's type."),
        _ => new(409, "not_allowed", "This cannot be done now", "The review is in a state in which it is not possible, or is meant for somebody else."),
    };
}
