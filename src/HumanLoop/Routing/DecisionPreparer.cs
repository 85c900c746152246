using System.Diagnostics;
using HumanLoop.Acting;
using HumanLoop.Assessing;
using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Running;

namespace HumanLoop.Routing;

/// <summary>Judges a decision and makes of it what is recorded.</summary>
internal sealed class DecisionPreparer<TProposal>(IRoutedWorkflow<TProposal> workflow, WorkQueue ledger, ProcessIdentity process, Shutdown shutdown, StoreTime time)
{
    public async ValueTask<NewWork> PrepareAsync(Decision<TProposal> decision)
    {
        var options = workflow.Options;
        var assessment = await workflow.Assessor.AssessAsync(decision, options.ConfidenceTimeout, shutdown.Stopping).ConfigureAwait(false);
        var conditions = workflow.Conditions;
        var line = conditions.LineFor(decision.Segment, decision.Model);
        var judgement = Judge(decision, assessment, conditions, line);
        var now = time.Now;
        var proposal = workflow.Json.Write(decision.Proposal);
        var before = decision.Supersedes.IsEmpty ? null : await SupersedeAsync(decision).ConfigureAwait(false);
        if (before is not null && MayHaveActed(before))
        {
            judgement = new(DecisionRoute.Review(RouteReasons.SupersedesActed), false, ReviewProbability.Always);
        }

        var asksPerson = judgement.Route.Kind != RouteKind.StraightThrough;
        var actsHere = judgement.Route.ActsAtOnce && workflow.HasHandler;
        var routed = new DecisionRouted
        {
            Workflow = workflow.Name,
            DecisionId = decision.Id,
            Version = 1,
            At = now,
            Route = judgement.Route,
            Confidence = assessment.Confidence,
            Threshold = line.Threshold,
            Segment = decision.Segment,
            Model = decision.Model,
            Epoch = line.Epoch,
            OwnEvidence = line.IsOwn,
            Eligible = judgement.Eligible,
            ReviewProbability = judgement.ReviewProbability,
            LowestProbability = conditions.LowestAt(line),
            Fingerprint = CanonicalJson.Fingerprint(proposal),
            Shadow = conditions.IsShadow,
            Handled = workflow.HasHandler,
            Due = asksPerson ? now + options.Review.Deadline : null,
            EvidenceDue = asksPerson ? now + options.Threshold.EvidenceDeadline : null,
            Holder = actsHere ? process.Name : null,
            LeaseUntil = actsHere ? now + EffectRunner.LeaseOf(options) : null,
            Blind = asksPerson && judgement.Eligible && IsBlind(conditions, decision.Id, judgement.Route.Kind, options.Review.BlindShare),
            Reviewers = asksPerson && options.Review.Reviewers > 1 ? options.Review.Reviewers : 0,
            Requires = SkillCodes.Join(decision.Requires),
            Supersedes = decision.Supersedes,
            TraceParent = Activity.Current?.Id,
        };
        var payload = new WorkPayload { Proposal = proposal, Fields = decision.Fields, Briefing = decision.Briefing, Link = decision.Link, Subject = decision.Subject };
        return new(routed, payload) { MaxPending = TakesThePlaceOf(before, decision.Id) ? null : workflow.MaxPending };
    }

    private bool IsBlind(RoutingConditions conditions, DecisionId id, RouteKind kind, double share) =>
        share > 0 && conditions.Draw.DrawsBlind(id, workflow.Blind.ShareOf(share, kind));

    /// <summary>Takes the decision back that this one takes the place of. First, so that at no moment both can act; a crash in between leaves a decision to be
    /// routed again.</summary>
    /// <returns>What has become of that one; null where it is not known.</returns>
    private async Task<WorkItem?> SupersedeAsync(Decision<TProposal> decision)
    {
        var withdraw = new WithdrawDecision(workflow.Name, decision.Supersedes, "superseded") { SupersededBy = decision.Id };
        return (await ledger.ApplyAsync(withdraw, null).ConfigureAwait(false)).Item;
    }

    private static bool MayHaveActed(WorkItem before) => before.State switch
    {
        DecisionState.Withdrawn or DecisionState.Expired => false,
        DecisionState.Settled => before.HasActed || (!before.Routed.Shadow && before.Verdict is { Kind: not VerdictKind.Rejected }),
        _ => true,
    };

    /// <summary>Whether a place in the queue became free for this one, however full it is.</summary>
    private static bool TakesThePlaceOf(WorkItem? before, DecisionId id) => before is { Routed.IsDrawn: true } && before.SupersededBy == id;

    private Judgement Judge(Decision<TProposal> decision, Assessment assessment, RoutingConditions conditions, RoutingThreshold line)
    {
        if (workflow.Policies.Choose(decision, assessment.Confidence) is { } opinion)
        {
            return new(opinion, false, ReviewProbability.Always);
        }

        if (!conditions.Covers(decision.Segment))
        {
            return new(DecisionRoute.Review(RouteReasons.OutOfScope), false, ReviewProbability.Always);
        }

        if (assessment.Problem is { } problem)
        {
            return new(DecisionRoute.Review(problem), false, ReviewProbability.Always);
        }

        var judgement = conditions.Judge(line, decision.Id, assessment.Confidence);
        return assessment.WeakestField is { } field && judgement.Route.Reason == RouteReasons.BelowThreshold
            ? judgement with { Route = DecisionRoute.Of(RouteKind.Review, RouteReasons.WeakField(field)) }
            : judgement;
    }
}
