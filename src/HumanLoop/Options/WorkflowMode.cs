namespace HumanLoop;

/// <summary>Whether a workflow acts.</summary>
public enum WorkflowMode
{
    /// <summary>Decisions act: at once at or above the threshold, after a verdict below it.</summary>
    Live = 0,

    /// <summary>Everything is recorded and reviewed, and nothing ever acts.</summary>
    Shadow = 1,
}
