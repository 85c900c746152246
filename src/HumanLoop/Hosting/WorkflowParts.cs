using HumanLoop.Adapting;
using HumanLoop.Assessing;
using HumanLoop.Journaling;
using HumanLoop.Routing;
using Polly;

namespace HumanLoop.Hosting;

/// <summary>What the builder collected for one workflow.</summary>
internal sealed class WorkflowParts<TProposal>(ProposalJson<TProposal> json)
{
    public ProposalJson<TProposal> Json { get; } = json;

    public Func<IServiceProvider, IConfidenceSource<TProposal>>? Confidence { get; set; }

    public List<Func<IServiceProvider, IRoutingPolicy<TProposal>>> Policies { get; } = [];

    public Func<TProposal, TProposal, bool>? CountAsErrorWhen { get; set; }

    public Func<TProposal, TProposal, string?>? RefuseCorrectionWhen { get; set; }

    public Func<IServiceProvider, IDecisionHandler<TProposal>>? Handler { get; set; }

    public Func<IServiceProvider, IThresholdController>? Threshold { get; set; }

    public Action<ResiliencePipelineBuilder>? ConfigureResilience { get; set; }
}
