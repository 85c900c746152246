namespace HumanLoop;

/// <summary>Where a decision stands on its way to its end. The numbers are stored.</summary>
public enum DecisionState
{
    /// <summary>Waits for a reviewer.</summary>
    Pending = 0,

    /// <summary>A reviewer holds it under a lease.</summary>
    Claimed = 1,

    /// <summary>Decided, and the undo window is still open.</summary>
    Decided = 2,

    /// <summary>An effect is due: the dispatcher will call the handler.</summary>
    ActDue = 3,

    /// <summary>The handler is at work under a lease.</summary>
    Acting = 4,

    /// <summary>Done: nothing more will happen by itself.</summary>
    Settled = 5,

    /// <summary>The handler failed until its retries were used up; a person must retry or settle it.</summary>
    DeadLetter = 6,

    /// <summary>Taken back before it acted.</summary>
    Withdrawn = 7,

    /// <summary>No reviewer answered in time and the workflow expires such work: it did not act.</summary>
    Expired = 8,
}
