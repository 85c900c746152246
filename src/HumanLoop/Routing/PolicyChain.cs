using HumanLoop.Diagnostics;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Routing;

/// <summary>Asks a workflow's rules in order; the first opinion wins, and a rule that throws is an opinion too: a person looks.</summary>
internal sealed class PolicyChain<TProposal>(string workflow, IReadOnlyList<IRoutingPolicy<TProposal>> policies, ILogger logger)
{
    private static readonly DecisionRoute Failed = DecisionRoute.Review(RouteReasons.RuleFailed);

    public DecisionRoute? Choose(Decision<TProposal> decision, Confidence confidence)
    {
        foreach (var policy in policies)
        {
            try
            {
                if (policy.Choose(decision, confidence) is { } opinion)
                {
                    if (opinion.Kind == RouteKind.Review)
                    {
                        return opinion;
                    }

                    // A rule could hand back the route of an old receipt; it still cannot make anything act.
                    logger.RuleFailed(workflow, policy.GetType().Name, $"a route that acts ({opinion.Kind.Name()})");
                    return Failed;
                }
            }
            catch (Exception failure)
            {
                logger.RuleFailed(workflow, policy.GetType().Name, failure.GetType().Name);
                return Failed;
            }
        }

        return null;
    }
}
