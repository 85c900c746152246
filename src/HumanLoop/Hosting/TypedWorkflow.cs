using HumanLoop.Diagnostics;
using System.Text.Json;
using HumanLoop.Acting;
using HumanLoop.Adapting;
using HumanLoop.Assessing;
using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Reviewing;
using HumanLoop.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Polly;

namespace HumanLoop.Hosting;

/// <summary>A workflow's typed ends.</summary>
internal sealed class Workflow<TProposal> : Workflow, IRoutedWorkflow<TProposal>
{
    private readonly IServiceScopeFactory _scopes;
    private readonly Func<TProposal, TProposal, bool>? _countAsErrorWhen;
    private readonly Func<TProposal, TProposal, string?>? _refuseCorrectionWhen;
    private readonly Func<IServiceProvider, IDecisionHandler<TProposal>>? _handler;
    private readonly EffectRetries _retries;
    private readonly ILogger _logger;

    public Workflow(string name, WorkflowSettings settings, WorkflowParts<TProposal> parts, IServiceProvider services)
        : base(name, settings)
    {
        var time = services.GetRequiredService<TimeProvider>();
        _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger($"HumanLoop.Workflow.{name}");
        _scopes = services.GetRequiredService<IServiceScopeFactory>();
        _countAsErrorWhen = parts.CountAsErrorWhen;
        _refuseCorrectionWhen = parts.RefuseCorrectionWhen;
        _handler = parts.Handler;
        OwnController = parts.Threshold?.Invoke(services);
        _retries = new(time, parts.ConfigureResilience, () => Options.Acting.Retries);
        Json = parts.Json;
        Assessor = new(name, parts.Confidence?.Invoke(services), time, _logger);
        Policies = new(name, [.. parts.Policies.Select(make => make(services))], _logger);
    }

    public ProposalJson<TProposal> Json { get; }

    public ConfidenceAssessor<TProposal> Assessor { get; }

    public PolicyChain<TProposal> Policies { get; }

    public override IThresholdController? OwnController { get; }

    public override bool HasHandler => _handler is not null;

    public override Type ProposalType => typeof(TProposal);

    public override ResiliencePipeline Pipeline => _retries.Pipeline;

    public override JsonElement Schema => Json.Schema;

    public override CorrectionCheck Check(JsonElement correction, ReadOnlyMemory<byte> proposal) =>
        Json.TryRead(correction, out var corrected, out var problem) && (problem = Refusal(proposal, corrected)) is null
            ? new(Json.Write(corrected), CountsAsError(proposal, corrected), null)
            : new(default, true, problem);

    private string? Refusal(ReadOnlyMemory<byte> proposal, TProposal corrected)
    {
        try
        {
            return _refuseCorrectionWhen?.Invoke(Json.Read(proposal), corrected);
        }
        catch (Exception failure)
        {
            _logger.CorrectionCheckFailed(Name, failure.GetType().Name);
            return "It could not be checked.";
        }
    }

    /// <summary>Whether the AI's proposal was an error, given what would have been right.</summary>
    public bool CountsAsError(ReadOnlyMemory<byte> proposal, TProposal right)
    {
        if (_countAsErrorWhen is { } counts)
        {
            try
            {
                return counts(Json.Read(proposal), right);
            }
            catch (Exception failure)
            {
                // A verdict must not be lost to a comparison that fails, and wrong is the safe guess.
                _logger.ComparisonFailed(Name, failure.GetType().Name);
                return true;
            }
        }

        using var proposed = JsonDocument.Parse(proposal);
        using var corrected = JsonDocument.Parse(Json.Write(right));
        return !JsonElement.DeepEquals(proposed.RootElement, corrected.RootElement);
    }

    public override async Task<TransitionResult?> AttemptAsync(LiveWork work, int attempt, string holder, CancellationToken cancellationToken)
    {
        var resolution = Resolve(work.Item, attempt);
        var scope = _scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var handler = _handler!(scope.ServiceProvider);
            if (handler is ICompletingHandler<TProposal> completing)
            {
                var completion = new CompleteEffect(Name, work.Item.DecisionId, resolution.IdempotencyKey) { Actor = holder };
                return await completing.HandleAsync(resolution, completion, work.Item.Revision, cancellationToken).ConfigureAwait(false);
            }

            await (work.Item.Effect switch
            {
                Effect.Act => handler.ActAsync(resolution, cancellationToken),
                Effect.Decline => handler.DeclineAsync(resolution, cancellationToken),
                _ => handler.CompensateAsync(resolution, cancellationToken),
            }).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>The typed view of a decision that has been resolved.</summary>
    public Resolution<TProposal> Resolve(WorkItem item, int attempt)
    {
        var payload = item.Payload ?? throw new DecisionNotResolvedException(Name, item.DecisionId, item.IsErased ? "had its data erased" : "has data that the payload protector cannot read");
        var proposal = Json.Read(payload.Proposal);
        var effect = item.Effect != Effect.None ? item.Effect : item.HasActed ? Effect.Act : Effect.None;
        return new()
        {
            Decision = new(proposal)
            {
                Id = item.DecisionId,
                Confidence = item.Routed.Confidence.IsUsable ? item.Routed.Confidence : null,
                Fields = payload.Fields,
                Segment = item.Routed.Segment,
                Model = item.Routed.Model,
                Briefing = payload.Briefing,
                Link = payload.Link,
                Subject = payload.Subject,
            },
            Proposal = payload.Correction.IsEmpty ? proposal : Json.Read(payload.Correction),
            Verdict = ReviewView.Verdict(item),
            Effect = effect,
            IdempotencyKey = IdempotencyKey.Of(Name, item.DecisionId, effect == Effect.None ? Effect.Act : effect),
            Attempt = attempt,
        };
    }
}
