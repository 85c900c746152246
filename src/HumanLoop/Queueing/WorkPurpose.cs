namespace HumanLoop.Queueing;

/// <summary>What work is claimed for.</summary>
public enum WorkPurpose
{
    /// <summary>A person will review it.</summary>
    Review = 0,

    /// <summary>A process will make its effect happen.</summary>
    Act = 1,
}
