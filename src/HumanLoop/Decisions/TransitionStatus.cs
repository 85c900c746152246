namespace HumanLoop;

/// <summary>What became of a request to move a review on.</summary>
public enum TransitionStatus
{
    /// <summary>The queue does not know the decision.</summary>
    NotFound = 0,

    /// <summary>It happened, and its journal entry is committed with it.</summary>
    Applied = 1,

    /// <summary>The work moved on since the caller looked: the expected revision is not the present one.</summary>
    StaleRevision = 2,

    /// <summary>Another person holds the lease, or the caller's ran out.</summary>
    LeaseLost = 3,

    /// <summary>A verdict was given before; the first one stands.</summary>
    AlreadyDecided = 4,

    /// <summary>The decision was withdrawn, expired or is settled: there is nothing left to do.</summary>
    Closed = 5,

    /// <summary>The work is in a state in which this cannot happen.</summary>
    NotAllowed = 6,

    /// <summary>The corrected proposal is not one of the workflow's type.</summary>
    InvalidProposal = 7,

    /// <summary>The person has voted on this review: another person has to be asked.</summary>
    AlreadyVoted = 8,

    /// <summary>Another decision took its place (<see cref="Review.SupersededBy"/>): whatever was found here is about something that no longer holds.</summary>
    Superseded = 9,
}
