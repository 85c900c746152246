using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Refusing work beyond what people can take.</summary>
internal static class MaxPendingCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(Reviews_beyond_MaxPending_are_refused_and_leave_no_trace),
        Of(A_batch_fills_MaxPending_to_the_last_place),
        Of(A_known_id_is_answered_though_the_queue_is_full),
        Of(Work_that_asks_nobody_passes_a_full_queue),
        Of(A_verdict_makes_room_and_a_claim_does_not),
        Of(Audits_that_still_act_take_a_place),
        Of(MaxPending_counts_each_workflow_alone),
        Of(MaxPending_holds_when_many_record_at_once),
    ];

    private static async Task Reviews_beyond_MaxPending_are_refused_and_leave_no_trace(QueueTrial t)
    {
        await t.EnqueueAsync(Limited(t, "a", 1)).ConfigureAwait(false);
        var refused = await EnqueueAsync(t, Limited(t, "b", 1)).ConfigureAwait(false);
        Expect.Equal(RoutingStatus.Refused, refused.Status, "Status");
        Expect.That(refused.Item is null, "Refused work has no item.");
        Expect.That(await t.Queue.GetAsync(Sample.Workflow, "b", t.Cancellation).ConfigureAwait(false) is null, "Refused work was recorded.");
        Expect.Equal(0, (await t.StreamAsync("b").ConfigureAwait(false)).Count, "Journal entries of refused work");
        Expect.Equal(RoutingStatus.Refused, (await EnqueueAsync(t, Limited(t, "b", 0)).ConfigureAwait(false)).Status, "Status where nobody may wait");
    }

    private static async Task A_batch_fills_MaxPending_to_the_last_place(QueueTrial t)
    {
        var results = await t.Queue.EnqueueAsync([.. Enumerable.Range(0, 5).Select(i => Limited(t, $"{i}", 3))], t.Cancellation).ConfigureAwait(false);
        Expect.Sequence(
            [RoutingStatus.Recorded, RoutingStatus.Recorded, RoutingStatus.Recorded, RoutingStatus.Refused, RoutingStatus.Refused],
            results.Select(result => result.Status),
            "Statuses");
    }

    private static async Task A_known_id_is_answered_though_the_queue_is_full(QueueTrial t)
    {
        await t.EnqueueAsync(Limited(t, "a", 1)).ConfigureAwait(false);
        Expect.Equal(RoutingStatus.AlreadyRecorded, (await EnqueueAsync(t, Limited(t, "a", 1)).ConfigureAwait(false)).Status, "Status of a known id");
    }

    private static async Task Work_that_asks_nobody_passes_a_full_queue(QueueTrial t)
    {
        await t.EnqueueAsync(Limited(t, "a", 1)).ConfigureAwait(false);
        var straight = Sample.StraightThrough("b", t.Now, Sample.Process) with { MaxPending = 1 };
        Expect.Equal(RoutingStatus.Recorded, (await EnqueueAsync(t, straight).ConfigureAwait(false)).Status, "Status of straight-through work");
        var audit = Sample.Audit("c", t.Now, Sample.Process) with { MaxPending = 1 };
        Expect.Equal(RoutingStatus.Refused, (await EnqueueAsync(t, audit).ConfigureAwait(false)).Status, "Status of work that a person is to check");
    }

    private static async Task A_verdict_makes_room_and_a_claim_does_not(QueueTrial t)
    {
        await t.EnqueueAsync(Limited(t, "a", 1)).ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        Expect.Equal(RoutingStatus.Refused, (await EnqueueAsync(t, Limited(t, "b", 1)).ConfigureAwait(false)).Status, "Status while a reviewer holds the only place");
        await t.AppliedAsync(Sample.Approve("a", "ann")).ConfigureAwait(false);
        Expect.Equal(RoutingStatus.Recorded, (await EnqueueAsync(t, Limited(t, "b", 1)).ConfigureAwait(false)).Status, "Status after the verdict");
        await t.AppliedAsync(new WithdrawDecision(Sample.Workflow, "b", "cancelled")).ConfigureAwait(false);
        Expect.Equal(RoutingStatus.Recorded, (await EnqueueAsync(t, Limited(t, "c", 1)).ConfigureAwait(false)).Status, "Status after the other was withdrawn");
    }

    private static async Task Audits_that_still_act_take_a_place(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Audit("a", t.Now, Sample.Process)).ConfigureAwait(false);
        Expect.Equal(RoutingStatus.Refused, (await EnqueueAsync(t, Limited(t, "b", 1)).ConfigureAwait(false)).Status, "Status while the audited act is under way");
        await t.AppliedAsync(Sample.Complete("a")).ConfigureAwait(false);
        Expect.Equal(RoutingStatus.Refused, (await EnqueueAsync(t, Limited(t, "b", 1)).ConfigureAwait(false)).Status, "Status while the audit waits");
        await t.AppliedAsync(Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false);
        Expect.Equal(RoutingStatus.Recorded, (await EnqueueAsync(t, Limited(t, "b", 1)).ConfigureAwait(false)).Status, "Status after the audit");
    }

    private static async Task MaxPending_counts_each_workflow_alone(QueueTrial t)
    {
        await t.EnqueueAsync(Limited(t, "a", 1)).ConfigureAwait(false);
        var other = Sample.Review("a", t.Now, workflow: Sample.OtherWorkflow) with { MaxPending = 1 };
        Expect.Equal(RoutingStatus.Recorded, (await EnqueueAsync(t, other).ConfigureAwait(false)).Status, "Status in another workflow");
    }

    private static async Task MaxPending_holds_when_many_record_at_once(QueueTrial t)
    {
        var work = Enumerable.Range(0, 64).Select(i => Limited(t, $"{i}", 10)).ToList();
        var results = await Task.WhenAll(work.Select(each => Task.Run(() => EnqueueAsync(t, each)))).ConfigureAwait(false);
        Expect.Equal(10, results.Count(result => result.Status == RoutingStatus.Recorded), "Recorded with 10 places");
        Expect.Equal(10, (await t.ListAsync(new()).ConfigureAwait(false)).Count, "Items on record");
    }

    private static NewWork Limited(QueueTrial t, DecisionId id, int places) => Sample.Review(id, t.Now) with { MaxPending = places };

    private static async Task<EnqueueResult> EnqueueAsync(QueueTrial t, NewWork work) =>
        (await t.Queue.EnqueueAsync([work], t.Cancellation).ConfigureAwait(false))[0];
}
