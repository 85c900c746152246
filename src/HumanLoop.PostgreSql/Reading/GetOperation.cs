using HumanLoop.GroupCommit;
using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql;

/// <summary>A look at one item on its way through the readers.</summary>
internal sealed class GetOperation(string workflow, DecisionId decisionId) : Operation<WorkItem?>
{
    public string Workflow => workflow;

    public DecisionId DecisionId => decisionId;
}
