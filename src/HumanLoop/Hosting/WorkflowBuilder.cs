using System.Diagnostics.CodeAnalysis;
using HumanLoop.Acting;
using HumanLoop.Adapting;
using HumanLoop.Assessing;
using HumanLoop.Hosting;
using HumanLoop.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Polly;

namespace HumanLoop;

/// <summary>Says what one workflow is made of. <c>Use</c> sets the only one of its kind, <c>Add</c> adds one more.</summary>
/// <typeparam name="TProposal">The workflow's proposal type.</typeparam>
public sealed class WorkflowBuilder<TProposal>
{
    private readonly IServiceCollection _services;
    private readonly WorkflowParts<TProposal> _parts;
    private readonly string _name;

    internal WorkflowBuilder(IServiceCollection services, string name, WorkflowParts<TProposal> parts)
    {
        _services = services;
        _name = name;
        _parts = parts;
    }

    /// <summary>Scores decisions that come without a confidence. Without a source those go to a person.</summary>
    /// <typeparam name="TSource">The source; made once, from the application's services.</typeparam>
    /// <returns>This builder.</returns>
    public WorkflowBuilder<TProposal> UseConfidence<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>()
        where TSource : class, IConfidenceSource<TProposal>
    {
        _services.TryAddSingleton<TSource>();
        _parts.Confidence = services => services.GetRequiredService<TSource>();
        return this;
    }

    /// <summary>Scores decisions that come without a confidence by a function.</summary>
    /// <param name="assess">The function; called concurrently.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder<TProposal> UseConfidence(Func<Decision<TProposal>, CancellationToken, ValueTask<Confidence>> assess)
    {
        ArgumentNullException.ThrowIfNull(assess);
        _parts.Confidence = _ => new ConfidenceFunction<TProposal>(assess);
        return this;
    }

    /// <summary>Adds a rule that can send decisions to a person. Rules are asked in this order; the first opinion wins.</summary>
    /// <typeparam name="TPolicy">The rule; made once, from the application's services.</typeparam>
    /// <returns>This builder.</returns>
    public WorkflowBuilder<TProposal> AddPolicy<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TPolicy>()
        where TPolicy : class, IRoutingPolicy<TProposal>
    {
        _services.TryAddSingleton<TPolicy>();
        _parts.Policies.Add(services => services.GetRequiredService<TPolicy>());
        return this;
    }

    /// <summary>Adds a rule as a function.</summary>
    /// <param name="choose">The function; called concurrently. <see langword="null"/> is no opinion.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder<TProposal> AddPolicy(Func<Decision<TProposal>, Confidence, DecisionRoute?> choose)
    {
        ArgumentNullException.ThrowIfNull(choose);
        _parts.Policies.Add(_ => new PolicyFunction<TProposal>(choose));
        return this;
    }

    /// <summary>Moves the threshold by a controller of your own, instead of the one that <c>Threshold:Policy</c> names.</summary>
    /// <typeparam name="TController">The controller; made once, from the application's services. Its <see cref="IThresholdController.Policy"/> is what the
    /// journal knows it by.</typeparam>
    /// <returns>This builder.</returns>
    public WorkflowBuilder<TProposal> UseThreshold<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TController>()
        where TController : class, IThresholdController
    {
        _services.TryAddSingleton<TController>();
        _parts.Threshold = services => services.GetRequiredService<TController>();
        return this;
    }

    /// <summary>Says which corrections mean that the AI was wrong.</summary>
    /// <param name="countsAsError">Given what the AI proposed and what would have been right. The default is any difference of the JSON values.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder<TProposal> CountAsErrorWhen(Func<TProposal, TProposal, bool> countsAsError)
    {
        ArgumentNullException.ThrowIfNull(countsAsError);
        _parts.CountAsErrorWhen = countsAsError;
        return this;
    }

    /// <summary>Offers reviewers a closed set of answers for one property of the proposal: labels that only a model or a table knows. They get a key
    /// each.</summary>
    /// <param name="property">The property's name in JSON, such as <c>intent</c>.</param>
    /// <param name="answers">The answers, in the order in which they are shown. A correction to anything else is still taken if the type takes it.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The proposal has no such property, or there is no answer.</exception>
    public WorkflowBuilder<TProposal> AddAnswers(string property, IReadOnlyList<string> answers)
    {
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(answers);
        _parts.Json.Offer(property, [.. answers]);
        return this;
    }

    /// <summary>Says which corrections a reviewer cannot make, beyond those that are not of the type. The desk answers
    /// <see cref="TransitionStatus.InvalidProposal"/> with the problem, and nothing changes.</summary>
    /// <param name="problem">Given what the AI proposed and what the reviewer entered: what is wrong with it, for the reviewer to read, or
    /// <see langword="null"/>. A pure function; if it throws, the correction is refused.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder<TProposal> RefuseCorrectionWhen(Func<TProposal, TProposal, string?> problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        _parts.RefuseCorrectionWhen = problem;
        return this;
    }

    /// <summary>Makes the library act through a handler. Without one, the caller acts on receipts and verdicts.</summary>
    /// <typeparam name="THandler">The handler; made for each attempt in a scope of its own and disposed with it, unless you registered it otherwise.</typeparam>
    /// <returns>This builder.</returns>
    public WorkflowBuilder<TProposal> UseHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where THandler : class, IDecisionHandler<TProposal>
    {
        _services.TryAddScoped<THandler>();
        _parts.Handler = services => services.GetRequiredService<THandler>();
        return this;
    }

    /// <summary>Makes the library act through a function; declining and compensating do nothing.</summary>
    /// <param name="act">The function; called concurrently, at least once for each resolution.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder<TProposal> UseHandler(Func<Resolution<TProposal>, CancellationToken, Task> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        var handler = new HandlerFunction<TProposal>(act);
        _parts.Handler = _ => handler;
        return this;
    }

    /// <summary>Replaces the pipeline that repeats failed attempts. The default pauses exponentially with jitter and stops after <c>Acting:Retries</c>.</summary>
    /// <param name="configure">Adds Polly strategies. <c>Acting:Timeout</c> still limits each attempt; when the pipeline gives up, the effect is a dead
    /// letter.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder<TProposal> UseResilience(Action<ResiliencePipelineBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _parts.ConfigureResilience = configure;
        return this;
    }

    /// <summary>Sets options in code; the configuration, where it has the key, has the last word.</summary>
    /// <param name="configure">Sets them.</param>
    /// <returns>This builder.</returns>
    public WorkflowBuilder<TProposal> Configure(Action<WorkflowOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _services.Configure(_name, configure);
        return this;
    }
}
