namespace HumanLoop;

/// <summary>No resolution will come for this decision: it is unknown, was withdrawn, expired, or its data was erased.</summary>
public sealed class DecisionNotResolvedException : HumanLoopException
{
    internal DecisionNotResolvedException(string workflow, DecisionId id, string why)
        : base($"Workflow '{workflow}': decision '{id}' {why}.")
    {
        Workflow = workflow;
        DecisionId = id;
    }

    /// <summary>The workflow's name.</summary>
    public string Workflow { get; }

    /// <summary>The decision that was waited for.</summary>
    public DecisionId DecisionId { get; }
}
