namespace HumanLoop;

/// <summary>Who has the last word on a looser threshold. Tightening never asks.</summary>
public enum Loosening
{
    /// <summary>The evidence.</summary>
    Automatic = 0,

    /// <summary>The owner: a proposal waits.</summary>
    OwnerApproves = 1,

    /// <summary>No person: it is only logged.</summary>
    Advise = 2,
}
