using HumanLoop.Running;

namespace HumanLoop.Notifying;

/// <summary>What telling people needs of a workflow.</summary>
internal interface INotifiedWorkflow : IWorkflowRole
{
    /// <summary>Whether the oldest review waits longer than <c>Review:MaxAge</c>, as last measured.</summary>
    bool IsBehind { get; }
}
