using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Testing.Tests;

/// <summary>One small class for each guard that a store could forget.</summary>
internal static class Faults
{
    public sealed class ForgetsTheLease(TimeProvider clock) : FaultyQueue(clock)
    {
        public override async ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
        {
            var claimed = await Inner.ClaimAsync(request, cancellationToken);
            foreach (var item in claimed)
            {
                await Inner.ApplyAsync(new ReleaseReview(item.Workflow, item.DecisionId) { Actor = request.Holder }, null, cancellationToken);
            }

            return claimed;
        }
    }

    public sealed class IgnoresTheRevision(TimeProvider clock) : FaultyQueue(clock)
    {
        public override ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, CancellationToken cancellationToken) =>
            Inner.ApplyAsync(transition, null, cancellationToken);
    }

    public sealed class GivesAnItemTwice(TimeProvider clock) : FaultyQueue(clock)
    {
        private readonly HashSet<DecisionId> _given = [];

        public override async ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
        {
            var claimed = await Inner.ClaimAsync(request, cancellationToken);
            lock (_given)
            {
                _given.UnionWith(claimed.Select(item => item.DecisionId));
                if (claimed.Count > 0 || _given.Count == 0 || request.Purpose == WorkPurpose.Act)
                {
                    return claimed;
                }
            }

            return [(await Inner.ListAsync(new() { Limit = 1 }, cancellationToken)).Items[0]];
        }
    }

    public sealed class DropsAnEntry(TimeProvider clock) : FaultyQueue(clock)
    {
        public override async ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(long after, int max, CancellationToken cancellationToken)
        {
            var all = await Inner.ReadAsync(0, int.MaxValue, cancellationToken);
            return [.. all.Where(record => record.Entry is not VerdictGiven && record.Position > after).Take(max)];
        }
    }

    public sealed class IgnoresMaxPending(TimeProvider clock) : FaultyQueue(clock)
    {
        public override ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch, CancellationToken cancellationToken) =>
            Inner.EnqueueAsync([.. batch.Select(work => work with { MaxPending = null })], cancellationToken);
    }

    public sealed class CountsNoActingAuditsAsPending(TimeProvider clock) : FaultyQueue(clock)
    {
        public override async ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch, CancellationToken cancellationToken)
        {
            var awaiting = (await Inner.MeasureAsync(cancellationToken)).Sum(measure => measure.AwaitingVerdict);
            return await Inner.EnqueueAsync([.. batch.Select(work => awaiting < work.MaxPending ? work with { MaxPending = null } : work)], cancellationToken);
        }
    }

    public sealed class ClaimsInTheOrderOfArrival(TimeProvider clock) : FaultyQueue(clock)
    {
        public override ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch, CancellationToken cancellationToken) =>
            Inner.EnqueueAsync([.. batch.Select(work => work with { Routed = work.Routed with { Due = null } })], cancellationToken);
    }

    public sealed class RecordsKnownIdsAgain(TimeProvider clock) : FaultyQueue(clock)
    {
        public override async ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch, CancellationToken cancellationToken) =>
            [.. (await Inner.EnqueueAsync(batch, cancellationToken)).Select(result => result with { Status = RoutingStatus.Recorded })];
    }

    public sealed class TakesASecondVerdict(TimeProvider clock) : FaultyQueue(clock)
    {
        public override async ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, CancellationToken cancellationToken)
        {
            var result = await Inner.ApplyAsync(transition, expectedRevision, cancellationToken);
            return result.Status == TransitionStatus.AlreadyDecided ? result with { Status = TransitionStatus.Applied } : result;
        }
    }

    public sealed class IgnoresTheSegment(TimeProvider clock) : FaultyQueue(clock)
    {
        public override ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
            Inner.ClaimAsync(request with { Segment = null }, cancellationToken);
    }

    public sealed class IgnoresTheWorkflow(TimeProvider clock) : FaultyQueue(clock)
    {
        public override ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
            Inner.ClaimAsync(request with { Workflows = [] }, cancellationToken);
    }

    public sealed class IgnoresTheAssignee(TimeProvider clock) : FaultyQueue(clock)
    {
        public override ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, CancellationToken cancellationToken) =>
            Inner.ApplyAsync(transition is AssignReview assign ? assign with { To = null } : transition, expectedRevision, cancellationToken);
    }

    public sealed class NeverSweeps(TimeProvider clock) : FaultyQueue(clock)
    {
        public override ValueTask<SweepResult> SweepAsync(SweepRequest request, CancellationToken cancellationToken) =>
            new(new SweepResult([], 0, false));
    }

    public sealed class SweepsMoreThanAsked(TimeProvider clock) : FaultyQueue(clock)
    {
        public override ValueTask<SweepResult> SweepAsync(SweepRequest request, CancellationToken cancellationToken) =>
            Inner.SweepAsync(request with { Max = int.MaxValue - 1 }, cancellationToken);
    }

    public sealed class RepeatsWhatMustNotBeRepeated(TimeProvider clock) : FaultyQueue(clock)
    {
        public override ValueTask<SweepResult> SweepAsync(SweepRequest request, CancellationToken cancellationToken) =>
            Inner.SweepAsync(request with { Policies = [.. request.Policies.Select(policy => policy with { IsIdempotent = true })] }, cancellationToken);
    }

    public sealed class KeepsErasedPayload(TimeProvider clock) : FaultyQueue(clock)
    {
        private readonly Dictionary<DecisionId, WorkPayload> _payloads = [];

        public override async ValueTask<WorkItem?> GetAsync(string workflow, DecisionId decisionId, CancellationToken cancellationToken)
        {
            var item = await Inner.GetAsync(workflow, decisionId, cancellationToken);
            if (item?.Payload is { } payload)
            {
                _payloads[decisionId] = payload;
            }

            return item is null ? null : item with { Payload = _payloads.GetValueOrDefault(decisionId) };
        }
    }

    public sealed class RestartsTheStoryOfAForgottenId(TimeProvider clock) : FaultyQueue(clock)
    {
        public override async ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch, CancellationToken cancellationToken) =>
            [.. (await Inner.EnqueueAsync(batch, cancellationToken)).Select(result => result with { Item = result.Item! with { Version = 1 } })];
    }

    public sealed class PagesSkipOne(TimeProvider clock) : FaultyQueue(clock)
    {
        public override async ValueTask<WorkPage> ListAsync(ListRequest request, CancellationToken cancellationToken)
        {
            var page = await Inner.ListAsync(request, cancellationToken);
            return request.Cursor is null ? page : page with { Items = [.. page.Items.Skip(1)] };
        }
    }

    public sealed class PagesByOffset(TimeProvider clock) : FaultyQueue(clock)
    {
        public override async ValueTask<WorkPage> ListAsync(ListRequest request, CancellationToken cancellationToken)
        {
            var start = request.Cursor is { } cursor ? int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture) : 0;
            var all = (await Inner.ListAsync(request with { Cursor = null, Limit = 1000 }, cancellationToken)).Items;
            var next = start + request.Limit;
            return new([.. all.Skip(start).Take(request.Limit)], next < all.Count ? $"{next}" : null);
        }
    }

    public sealed class LosesTheCorrection(TimeProvider clock) : FaultyQueue(clock)
    {
        public override ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, CancellationToken cancellationToken) =>
            Inner.ApplyAsync(transition is GiveVerdict verdict ? verdict with { Correction = default } : transition, expectedRevision, cancellationToken);
    }

    public sealed class KeepsAnOutboxThoughItIsItsJournal(TimeProvider clock) : FaultyQueue(clock)
    {
        public override async ValueTask<WorkPage> ListAsync(ListRequest request, CancellationToken cancellationToken)
        {
            var page = await Inner.ListAsync(request with { WithOutbox = false }, cancellationToken);
            return page with { Items = [.. page.Items.Select(item => item with { Outbox = [item.Routed] })] };
        }
    }

    public sealed class IgnoresSkills(TimeProvider clock) : FaultyQueue(clock)
    {
        public override ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
            Inner.ClaimAsync(request with { Skills = ["fraud", "german", "french", "vip"] }, cancellationToken);
    }

    public sealed class LosesNotes(TimeProvider clock) : FaultyQueue(clock)
    {
        public override async ValueTask<WorkItem?> GetAsync(string workflow, DecisionId decisionId, CancellationToken cancellationToken) =>
            await Inner.GetAsync(workflow, decisionId, cancellationToken) is { Payload: { } payload } item ? item with { Payload = payload with { Notes = [] } } : null;
    }

    public sealed class TakesASecondVote(TimeProvider clock) : FaultyQueue(clock)
    {
        public override async ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, CancellationToken cancellationToken)
        {
            var result = await Inner.ApplyAsync(transition, expectedRevision, cancellationToken);
            return result.Status == TransitionStatus.AlreadyVoted ? await Inner.ApplyAsync(transition with { Actor = "somebody else" }, null, cancellationToken) : result;
        }
    }
}
