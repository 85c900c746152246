namespace HumanLoop;

/// <summary>Which method of the handler a resolution leads to.</summary>
public enum Effect
{
    /// <summary>None: the workflow only records, or there is nothing to do.</summary>
    None = 0,

    /// <summary><c>ActAsync</c>: the proposal, as approved or corrected, takes effect.</summary>
    Act = 1,

    /// <summary><c>DeclineAsync</c>: a person rejected it, or it expired.</summary>
    Decline = 2,

    /// <summary><c>CompensateAsync</c>: a check found wrong what had already acted.</summary>
    Compensate = 3,
}
