using System.Text.Json;
using HumanLoop.Routing;
using HumanLoop.Running;

namespace HumanLoop.Reviewing;

/// <summary>What reviewing needs of a workflow.</summary>
internal interface IReviewedWorkflow : IWorkflowRole
{
    /// <summary>The person who is told at a level of escalation: the named ones in turn, then the owner.</summary>
    IReadOnlyList<string> Escalation { get; }

    /// <summary>What decisions are judged by now.</summary>
    RoutingConditions Conditions { get; }

    /// <summary>How many decisions may await a verdict before new work is refused; null for no limit.</summary>
    int? MaxPending { get; }

    /// <summary>Reads a reviewer's correction as the workflow's type and says whether it makes the AI's proposal an error.</summary>
    CorrectionCheck Check(JsonElement correction, ReadOnlyMemory<byte> proposal);
}
