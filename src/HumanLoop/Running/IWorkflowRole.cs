namespace HumanLoop.Running;

/// <summary>A workflow as one verb sees it. Each verb says in an interface of its own what it needs beyond this.</summary>
internal interface IWorkflowRole
{
    /// <summary>The workflow's name.</summary>
    string Name { get; }

    /// <summary>The settings in force.</summary>
    WorkflowOptions Options { get; }
}
