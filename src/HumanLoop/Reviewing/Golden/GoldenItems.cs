using System.Text;
using System.Text.Json;
using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Routing;
using HumanLoop.Running;

namespace HumanLoop.Reviewing;

/// <summary>Mixes golden items among the reviews, and reads from the journal how people answered them.</summary>
internal sealed class GoldenItems(Catalog<IReviewedWorkflow> catalog, StartGate start, WorkQueue ledger, IWorkflowState state, IDecisionJournal journal, TimeProvider time) : IGoldenItems
{
    private const int MostMeasured = 5_000;
    private const int LongestStream = 10_000;
    private const int MaxText = 200;

    public async Task<RoutingStatus> AddAsync(string workflow, GoldenItem item, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        var known = catalog.Get(workflow);
        Require(known, item);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var work = Work(known, item, by);
        return await AddAsync(known, work).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<GoldenMeasure> MeasureAsync(string workflow, CancellationToken cancellationToken)
    {
        var known = catalog.Get(workflow);
        await start.EnsureAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var tally = new GoldenTally();
        foreach (var id in (await ReadAsync(known.Name, cancellationToken).ConfigureAwait(false)).Ids)
        {
            var stream = await journal.ReadDecisionAsync(known.Name, new(id), 0, LongestStream, cancellationToken).ConfigureAwait(false);
            tally.Add(stream.Select(record => record.Entry));
        }

        return tally.Measure;
    }

    private async Task<RoutingStatus> AddAsync(IReviewedWorkflow workflow, NewWork work)
    {
        // The index first: an id in it that is not in the journal counts for nothing, but one that is missing from it would never be measured.
        await ListAsync(workflow.Name, work.Routed.DecisionId.Value).ConfigureAwait(false);
        return (await ledger.EnqueueAsync([work]).ConfigureAwait(false))[0].Status;
    }

    private static void Require(IReviewedWorkflow workflow, GoldenItem item)
    {
        if (item.Proposal.ValueKind == JsonValueKind.Undefined)
        {
            throw new ArgumentException($"Workflow '{workflow.Name}': a golden item has a proposal that is shown.", nameof(item));
        }

        if (item.Id.IsEmpty || item.Segment is { Length: 0 or > MaxText } || item.Model is { Length: 0 or > MaxText })
        {
            throw new ArgumentException($"Workflow '{workflow.Name}': a golden item has an id, and Segment and Model have 1 to {MaxText} characters, or are null.", nameof(item));
        }

        if (SkillCodes.Problem(item.Requires) is { } problem)
        {
            throw new ArgumentException($"Workflow '{workflow.Name}': Requires {problem}", nameof(item));
        }

        if (item.Link is { } link && !(link.IsAbsoluteUri && link.Scheme is "http" or "https"))
        {
            throw new ArgumentException($"Workflow '{workflow.Name}': Link must be an absolute http or https address.", nameof(item));
        }
    }

    private NewWork Work(IReviewedWorkflow workflow, GoldenItem item, string by)
    {
        var options = workflow.Options;
        var conditions = workflow.Conditions;
        var line = conditions.LineFor(item.Segment, item.Model);
        var now = time.GetUtcNow();
        var proposal = Checked(workflow.Check(item.Proposal, Encoding.UTF8.GetBytes(item.Proposal.GetRawText())), workflow, "proposal").Json;
        var routed = new DecisionRouted
        {
            Workflow = workflow.Name,
            DecisionId = item.Id,
            Version = 1,
            At = now,
            Actor = by,
            Route = DecisionRoute.Of(RouteKind.Review, Reason(item, line)),
            Confidence = item.Confidence ?? Confidence.Unusable,
            Threshold = line.Threshold,
            Segment = item.Segment,
            Model = item.Model,
            Epoch = line.Epoch,
            OwnEvidence = line.IsOwn,
            Eligible = false,
            ReviewProbability = ReviewProbability.Always,
            LowestProbability = ReviewProbability.Always,
            Fingerprint = CanonicalJson.Fingerprint(proposal),
            Due = now + options.Review.Deadline,
            Blind = conditions.Draw.DrawsBlind(item.Id, options.Review.BlindShare),
            Reviewers = options.Review.Reviewers > 1 ? options.Review.Reviewers : 0,
            Requires = SkillCodes.Join(item.Requires),
            Golden = Known(workflow, item, proposal),
        };
        return new(routed, new() { Proposal = proposal, Briefing = item.Briefing, Link = item.Link }) { MaxPending = workflow.MaxPending };
    }

    /// <summary>Why it seems to be here.</summary>
    private static string Reason(GoldenItem item, RoutingThreshold line) =>
        item.AsCheck ? RouteReasons.AuditDraw
        : item.Confidence is null ? RouteReasons.ConfidenceMissing
        : line.Threshold.IsReviewEverything ? RouteReasons.NotYetEarned
        : RouteReasons.BelowThreshold;

    private static GoldenAnswer Known(IReviewedWorkflow workflow, GoldenItem item, ReadOnlyMemory<byte> proposal)
    {
        switch (item.Answer)
        {
            case Verdict.Approved:
                return new() { Kind = VerdictKind.Approved, WasRight = true, AsCheck = item.AsCheck };
            case Verdict.Rejected rejected:
                return new() { Kind = VerdictKind.Rejected, WasRight = rejected.ProposalWasRight, AsCheck = item.AsCheck };
            case Verdict.Corrected corrected:
                var check = Checked(workflow.Check(corrected.Proposal, proposal), workflow, "answer");
                return new() { Kind = VerdictKind.Corrected, WasRight = corrected.WordingOnly || !check.CountsAsError, CorrectionFingerprint = CanonicalJson.Fingerprint(check.Json), AsCheck = item.AsCheck };
            default:
                throw new ArgumentException($"Workflow '{workflow.Name}': the answer of a golden item is approved, corrected or rejected.", nameof(item));
        }
    }

    private static CorrectionCheck Checked(CorrectionCheck check, IReviewedWorkflow workflow, string what) => check.Problem is { } problem
        ? throw new ArgumentException($"Workflow '{workflow.Name}': the golden item's {what} is not one of the workflow's type. {problem}", nameof(check))
        : check;

    private async Task ListAsync(string workflow, string id)
    {
        while (true)
        {
            var stored = await state.ReadAsync(workflow, GoldenDocument.Name).ConfigureAwait(false);
            var list = Parse(workflow, stored);
            if (list.Ids.Contains(id))
            {
                return;
            }

            var longer = list with { Ids = [.. list.Ids.Skip(Math.Max(0, list.Ids.Count + 1 - MostMeasured)), id] };
            if (await state.WriteAsync(workflow, GoldenDocument.Name, JsonSerializer.Serialize(longer, GoldenJsonContext.Default.GoldenDocument), stored?.Version ?? 0).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private async Task<GoldenDocument> ReadAsync(string workflow, CancellationToken cancellationToken) =>
        Parse(workflow, await state.ReadAsync(workflow, GoldenDocument.Name, cancellationToken).ConfigureAwait(false));

    private static GoldenDocument Parse(string workflow, StateDocument? stored)
    {
        try
        {
            return stored is null ? new(1, [])
                : JsonSerializer.Deserialize(stored.Value, GoldenJsonContext.Default.GoldenDocument) is { Version: 1 } document ? document
                : throw new StoreMismatchException($"The golden items of workflow '{workflow}' were written by a newer version of the library. Upgrade.");
        }
        catch (JsonException unreadable)
        {
            throw new StoreMismatchException($"The golden items of workflow '{workflow}' cannot be read: {unreadable.Message}");
        }
    }
}
