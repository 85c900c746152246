using HumanLoop.Observing;

namespace HumanLoop.Reporting;

/// <summary>What reporting needs of a workflow.</summary>
internal interface IReportedWorkflow : ILearningWorkflow
{
    /// <summary>Whether the library calls a handler; else the caller acts on receipts and verdicts.</summary>
    bool HasHandler { get; }

    /// <summary>Whether everything goes to a person for now.</summary>
    bool IsPaused { get; }
}
