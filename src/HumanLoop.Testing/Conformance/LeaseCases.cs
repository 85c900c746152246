using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Leases and the fence.</summary>
internal static class LeaseCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(A_lease_that_runs_out_frees_the_review),
        Of(A_lease_is_kept_to_its_last_moment),
        Of(A_verdict_with_a_stale_revision_is_refused_by_type),
        Of(A_reviewer_who_lost_the_lease_cannot_decide_even_before_a_sweep),
        Of(A_reviewer_who_slept_through_another_claim_cannot_decide),
        Of(A_review_claimed_twice_by_one_person_fences_the_first_window),
        Of(An_extended_lease_runs_on),
        Of(Only_the_holder_extends_a_lease),
        Of(A_lease_that_ran_out_is_not_extended),
        Of(A_released_review_is_free_at_once),
        Of(Only_the_holder_releases_a_review),
        Of(A_process_keeps_an_effect_by_extending_its_lease),
    ];

    private static async Task A_lease_that_runs_out_frees_the_review(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        t.Clock.Advance(Sample.Lease);
        var swept = await t.SweepAsync().ConfigureAwait(false);
        Expect.Sequence(["ann"], swept.Entries.OfType<LeaseExpired>().Select(entry => entry.Holder), "Leases that the sweep ended");
        var free = await t.GetAsync("a").ConfigureAwait(false);
        Expect.Equal(DecisionState.Pending, free.State, "State");
        Expect.That(free.LeaseHolder is null && free.LeaseUntil is null, "A lease that ran out is still there.");
        Expect.Equal(claimed.Revision + 1, free.Revision, "Revision");
        Expect.Equal(0, (await t.SweepAsync().ConfigureAwait(false)).Entries.Count, "Entries of a second sweep");
        await t.ClaimReviewAsync("bob").ConfigureAwait(false);
    }

    private static async Task A_lease_is_kept_to_its_last_moment(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        t.Clock.Advance(Sample.Lease - TimeSpan.FromSeconds(1));
        Expect.Equal(0, (await t.SweepAsync().ConfigureAwait(false)).Entries.Count, "Entries of a sweep a second early");
        await t.AppliedAsync(Sample.Approve("a", "ann")).ConfigureAwait(false);
    }

    private static async Task A_verdict_with_a_stale_revision_is_refused_by_type(QueueTrial t)
    {
        var before = await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.StaleRevision, Sample.Approve("a", "ann"), before.Revision).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.StaleRevision, Sample.Approve("a", "ann"), claimed.Revision + 1).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann"), claimed.Revision).ConfigureAwait(false);
    }

    private static async Task A_reviewer_who_lost_the_lease_cannot_decide_even_before_a_sweep(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        t.Clock.Advance(Sample.Lease);
        await t.RefusedAsync(TransitionStatus.LeaseLost, Sample.Approve("a", "ann"), claimed.Revision).ConfigureAwait(false);
        await t.SweepAsync().ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.StaleRevision, Sample.Approve("a", "ann"), claimed.Revision).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.LeaseLost, Sample.Approve("a", "ann")).ConfigureAwait(false);
    }

    private static async Task A_reviewer_who_slept_through_another_claim_cannot_decide(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var slept = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        t.Clock.Advance(Sample.Lease);
        await t.SweepAsync().ConfigureAwait(false);
        var bobs = await t.ClaimReviewAsync("bob").ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.StaleRevision, Sample.Reject("a", "ann"), slept.Revision).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.LeaseLost, Sample.Reject("a", "ann")).ConfigureAwait(false);
        var decided = await t.AppliedAsync(Sample.Approve("a", "bob"), bobs.Revision).ConfigureAwait(false);
        Expect.Equal("bob", decided.Verdict?.Reviewer, "Reviewer of the verdict");
        await t.RefusedAsync(TransitionStatus.AlreadyDecided, Sample.Reject("a", "ann"), slept.Revision).ConfigureAwait(false);
    }

    private static async Task A_review_claimed_twice_by_one_person_fences_the_first_window(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var first = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.AppliedAsync(new ReleaseReview(Sample.Workflow, "a") { Actor = "ann" }, first.Revision).ConfigureAwait(false);
        var second = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.StaleRevision, Sample.Approve("a", "ann"), first.Revision).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann"), second.Revision).ConfigureAwait(false);
    }

    private static async Task An_extended_lease_runs_on(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        t.Clock.Advance(Sample.Lease - TimeSpan.FromMinutes(1));
        var extended = await t.AppliedAsync(new ExtendLease(Sample.Workflow, "a", Sample.Lease) { Actor = "ann" }, claimed.Revision).ConfigureAwait(false);
        Expect.Equal(t.Now + Sample.Lease, extended.LeaseUntil, "Lease until");
        Expect.Equal(claimed.Revision, extended.Revision, "Revision, which the holder goes on using");
        t.Clock.Advance(TimeSpan.FromMinutes(2));
        Expect.Equal(0, (await t.SweepAsync().ConfigureAwait(false)).Entries.Count, "Entries of a sweep at the old end");
        t.Clock.Advance(Sample.Lease);
        Expect.Equal(1, (await t.SweepAsync().ConfigureAwait(false)).Entries.Count, "Entries of a sweep at the new end");
        await t.StateIsAsync(DecisionState.Pending, "a").ConfigureAwait(false);
    }

    private static async Task Only_the_holder_extends_a_lease(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.LeaseLost, new ExtendLease(Sample.Workflow, "a", Sample.Lease) { Actor = "ann" }).ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.LeaseLost, new ExtendLease(Sample.Workflow, "a", Sample.Lease) { Actor = "bob" }).ConfigureAwait(false);
    }

    private static async Task A_lease_that_ran_out_is_not_extended(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        t.Clock.Advance(Sample.Lease);
        await t.RefusedAsync(TransitionStatus.LeaseLost, new ExtendLease(Sample.Workflow, "a", Sample.Lease) { Actor = "ann" }).ConfigureAwait(false);
    }

    private static async Task A_released_review_is_free_at_once(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        var free = await t.AppliedAsync(new ReleaseReview(Sample.Workflow, "a") { Actor = "ann" }).ConfigureAwait(false);
        Expect.Equal(claimed.Revision + 1, free.Revision, "Revision");
        await t.ClaimReviewAsync("bob").ConfigureAwait(false);
    }

    private static async Task Only_the_holder_releases_a_review(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.LeaseLost, new ReleaseReview(Sample.Workflow, "a") { Actor = "bob" }).ConfigureAwait(false);
    }

    private static async Task A_process_keeps_an_effect_by_extending_its_lease(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.StraightThrough("a", t.Now, Sample.Process)).ConfigureAwait(false);
        t.Clock.Advance(Sample.Lease / 2);
        await t.AppliedAsync(new ExtendLease(Sample.Workflow, "a", Sample.Lease) { Actor = Sample.Process }).ConfigureAwait(false);
        t.Clock.Advance(Sample.Lease / 2);
        Expect.Equal(0, (await t.SweepAsync().ConfigureAwait(false)).Entries.Count, "Entries of a sweep at the old end");
        await t.AppliedAsync(Sample.Complete("a")).ConfigureAwait(false);
    }
}
