namespace HumanLoop;

/// <summary>An id was routed twice with different proposals. The first stands, and nothing acted on the second.</summary>
public sealed class DecisionConflictException : HumanLoopException
{
    internal DecisionConflictException(string workflow, DecisionId id, string recorded, string offered)
        : base($"Workflow '{workflow}': decision '{id}' was routed before with another proposal (fingerprints {recorded} and {offered}). Use another id for another decision; the first proposal stands.")
    {
        Workflow = workflow;
        DecisionId = id;
        RecordedFingerprint = recorded;
        OfferedFingerprint = offered;
    }

    /// <summary>The workflow's name.</summary>
    public string Workflow { get; }

    /// <summary>The id that was used twice.</summary>
    public DecisionId DecisionId { get; }

    /// <summary>First 8 hex digits of the SHA-256 of the proposal on record.</summary>
    public string RecordedFingerprint { get; }

    /// <summary>First 8 hex digits of the SHA-256 of the proposal offered now.</summary>
    public string OfferedFingerprint { get; }
}
