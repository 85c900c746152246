using System.Diagnostics.CodeAnalysis;

namespace HumanLoop.PostgreSql;

/// <summary>Gives workflows handlers that act in a transaction of the store.</summary>
public static class TransactionalWorkflow
{
    /// <summary>Makes the library act through a handler whose effects commit together with their completion: exactly once.</summary>
    /// <typeparam name="TProposal">The workflow's proposal type.</typeparam>
    /// <typeparam name="THandler">The handler; made for each attempt in a scope of its own.</typeparam>
    /// <param name="workflow">The workflow.</param>
    /// <returns>The workflow's builder.</returns>
    public static WorkflowBuilder<TProposal> UseTransactionalHandler<TProposal, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(this WorkflowBuilder<TProposal> workflow)
        where THandler : class, ITransactionalDecisionHandler<TProposal>
    {
        ArgumentNullException.ThrowIfNull(workflow);
        return workflow.UseHandler<TransactionalHandler<TProposal, THandler>>();
    }
}
