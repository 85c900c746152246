using HumanLoop.Acting;
using HumanLoop.Assessing;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Routing;

/// <summary>What routing needs of a workflow.</summary>
internal interface IRoutedWorkflow<TProposal> : IActedWorkflow
{
    ProposalJson<TProposal> Json { get; }

    ConfidenceAssessor<TProposal> Assessor { get; }

    PolicyChain<TProposal> Policies { get; }

    /// <summary>What decisions are judged by now.</summary>
    RoutingConditions Conditions { get; }

    /// <summary>How blind checks are hidden among blind reviews.</summary>
    BlindBalance Blind { get; }

    /// <summary>How many decisions may await a verdict before new work is refused; null for no limit.</summary>
    int? MaxPending { get; }

    /// <summary>Whether the AI's proposal was an error, given what would have been right.</summary>
    bool CountsAsError(ReadOnlyMemory<byte> proposal, TProposal right);

    /// <summary>The typed view of a decision that has been resolved.</summary>
    Resolution<TProposal> Resolve(WorkItem item, int attempt);
}
