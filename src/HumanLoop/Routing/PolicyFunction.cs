namespace HumanLoop.Routing;

/// <summary>A function as a rule.</summary>
internal sealed class PolicyFunction<TProposal>(Func<Decision<TProposal>, Confidence, DecisionRoute?> choose) : IRoutingPolicy<TProposal>
{
    public DecisionRoute? Choose(Decision<TProposal> decision, Confidence confidence) => choose(decision, confidence);
}
