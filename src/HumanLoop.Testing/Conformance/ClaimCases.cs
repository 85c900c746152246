using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Who gets what, and in which order.</summary>
internal static class ClaimCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(A_claim_leases_the_review_and_raises_the_revision),
        Of(A_claim_finds_nothing_in_an_empty_queue),
        Of(A_claimed_review_is_given_to_nobody_else),
        Of(Reviews_are_claimed_by_priority_then_due_time_then_age),
        Of(A_changed_priority_changes_the_order),
        Of(A_claim_gives_no_more_than_asked),
        Of(A_claim_of_one_segment_gives_no_other),
        Of(A_claim_of_some_workflows_gives_no_other),
        Of(A_claim_without_workflows_takes_the_most_urgent_of_all),
        Of(An_assigned_review_is_given_to_that_person_alone),
        Of(An_assigned_review_keeps_its_place_among_the_free_ones),
        Of(A_review_is_not_offered_again_to_who_abstained),
        Of(Reviewers_get_no_effects_and_processes_no_reviews),
        Of(An_effect_is_not_claimed_before_it_is_ready),
        Of(A_claimed_item_carries_its_payload),
        Of(A_reviewer_takes_the_review_that_they_picked),
        Of(A_review_that_somebody_else_holds_or_alone_may_have_cannot_be_picked),
    ];

    private static async Task A_claim_leases_the_review_and_raises_the_revision(QueueTrial t)
    {
        var before = await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        t.Clock.Advance(TimeSpan.FromMinutes(3));
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        Expect.Equal(DecisionState.Claimed, claimed.State, "State");
        Expect.Equal("ann", claimed.LeaseHolder, "Holder");
        Expect.Equal(t.Now + Sample.Lease, claimed.LeaseUntil, "Lease until");
        Expect.Equal(before.Revision + 1, claimed.Revision, "Revision");
        Expect.Equal(before.Version + 1, claimed.Version, "Version");
        Expect.Equal(before.Sequence, claimed.Sequence, "Sequence");
        QueueTrial.Same(claimed, await t.GetAsync("a").ConfigureAwait(false), "The item claimed and the item read");
        var entry = (await t.StreamAsync("a").ConfigureAwait(false))[^1] as ReviewClaimed;
        Expect.Equal("ann", entry?.Holder, "Holder in the journal");
    }

    private static async Task A_reviewer_takes_the_review_that_they_picked(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var picked = await t.EnqueueReviewAsync("b").ConfigureAwait(false);
        var claimed = await t.AppliedAsync(new ClaimReview(Sample.Workflow, "b", Sample.Lease) { Actor = "ann" }).ConfigureAwait(false);
        Expect.Equal(DecisionState.Claimed, claimed.State, "State");
        Expect.Equal("ann", claimed.LeaseHolder, "Holder");
        Expect.Equal(picked.Revision + 1, claimed.Revision, "Revision");
        t.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await t.AppliedAsync(new ClaimReview(Sample.Workflow, "b", Sample.Lease) { Actor = "ann" }).ConfigureAwait(false);
        Expect.Equal(t.Now + Sample.Lease, again.LeaseUntil, "Lease until, when the holder picks it again");
        Expect.Equal(claimed.Revision, again.Revision, "Revision, when the holder picks it again");
        Expect.Equal("a", (await t.ClaimReviewAsync("bob").ConfigureAwait(false)).DecisionId.Value, "What the next reviewer gets");
        await t.AppliedAsync(Sample.Approve("b", "ann"), again.Revision).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.AlreadyDecided, new ClaimReview(Sample.Workflow, "b", Sample.Lease) { Actor = "ann" }).ConfigureAwait(false);
    }

    private static async Task A_review_that_somebody_else_holds_or_alone_may_have_cannot_be_picked(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.NotAllowed, new ClaimReview(Sample.Workflow, "a", Sample.Lease) { Actor = "bob" }).ConfigureAwait(false);
        await t.AppliedAsync(new AssignReview(Sample.Workflow, "a", "cy") { Actor = "ops" }).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.NotAllowed, new ClaimReview(Sample.Workflow, "a", Sample.Lease) { Actor = "bob" }).ConfigureAwait(false);
        await t.AppliedAsync(new ClaimReview(Sample.Workflow, "a", Sample.Lease) { Actor = "cy" }).ConfigureAwait(false);
    }

    private static async Task A_claim_finds_nothing_in_an_empty_queue(QueueTrial t)
    {
        Expect.Equal(0, (await t.ClaimReviewsAsync("ann").ConfigureAwait(false)).Count, "Reviews");
        Expect.Equal(0, (await t.ClaimActsAsync().ConfigureAwait(false)).Count, "Effects");
    }

    private static async Task A_claimed_review_is_given_to_nobody_else(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        Expect.Equal(0, (await t.ClaimReviewsAsync("bob").ConfigureAwait(false)).Count, "Reviews for another");
        Expect.Equal(0, (await t.ClaimReviewsAsync("ann").ConfigureAwait(false)).Count, "Reviews for the same person");
    }

    private static async Task Reviews_are_claimed_by_priority_then_due_time_then_age(QueueTrial t)
    {
        var hour = TimeSpan.FromHours(1);
        await t.EnqueueAsync(
            Sample.Review("never-1", t.Now),
            Sample.Review("late", t.Now, due: t.Now + (3 * hour)),
            Sample.Review("soon-1", t.Now, due: t.Now + hour),
            Sample.Review("soon-2", t.Now, due: t.Now + hour),
            Sample.Review("never-2", t.Now),
            Sample.Review("high", t.Now),
            Sample.Review("low", t.Now, due: t.Now - hour)).ConfigureAwait(false);
        await t.AppliedAsync(new PrioritiseReview(Sample.Workflow, "high", 5)).ConfigureAwait(false);
        await t.AppliedAsync(new PrioritiseReview(Sample.Workflow, "low", -5)).ConfigureAwait(false);
        string[] order = ["high", "soon-1", "soon-2", "late", "never-1", "never-2", "low"];
        Expect.Sequence(order, (await t.ListAsync(new() { Limit = 2 }).ConfigureAwait(false)).Select(Id), "Order of the list");
        var claimed = new List<string>();
        foreach (var max in new[] { 1, 3, 10 })
        {
            claimed.AddRange((await t.ClaimReviewsAsync("ann", max).ConfigureAwait(false)).Select(Id));
        }

        Expect.Sequence(order, claimed, "Order of claims");
    }

    private static async Task A_changed_priority_changes_the_order(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Review("a", t.Now), Sample.Review("b", t.Now), Sample.Review("c", t.Now)).ConfigureAwait(false);
        await t.AppliedAsync(new PrioritiseReview(Sample.Workflow, "c", 1)).ConfigureAwait(false);
        await t.AppliedAsync(new PrioritiseReview(Sample.Workflow, "b", 2)).ConfigureAwait(false);
        await t.AppliedAsync(new PrioritiseReview(Sample.Workflow, "b", 0)).ConfigureAwait(false);
        Expect.Sequence(["c", "a", "b"], (await t.ClaimReviewsAsync("ann", 3).ConfigureAwait(false)).Select(Id), "Order of claims");
    }

    private static async Task A_claim_gives_no_more_than_asked(QueueTrial t)
    {
        await t.EnqueueAsync([.. Enumerable.Range(0, 7).Select(i => Sample.Review($"{i}", t.Now))]).ConfigureAwait(false);
        Expect.Equal(3, (await t.ClaimReviewsAsync("ann", 3).ConfigureAwait(false)).Count, "Claimed of 7 with a limit of 3");
        Expect.Equal(4, (await t.ClaimReviewsAsync("ann", 100).ConfigureAwait(false)).Count, "Claimed of the 4 that are left");
    }

    private static async Task A_claim_of_one_segment_gives_no_other(QueueTrial t)
    {
        await t.EnqueueAsync(
            Sample.Review("none", t.Now, due: t.Now),
            Sample.Review("gold-2", t.Now, due: t.Now.AddHours(2), segment: "gold"),
            Sample.Review("tin", t.Now, due: t.Now, segment: "tin"),
            Sample.Review("gold-1", t.Now, due: t.Now.AddHours(1), segment: "gold"),
            Sample.Review("Gold", t.Now, due: t.Now, segment: "Gold")).ConfigureAwait(false);
        Expect.Sequence(["gold-1", "gold-2"], (await t.ClaimReviewsAsync("ann", 10, "gold").ConfigureAwait(false)).Select(Id), "Reviews of the segment");
        Expect.Equal(0, (await t.ClaimReviewsAsync("ann", 10, "silver").ConfigureAwait(false)).Count, "Reviews of a segment that has none");
    }

    private static async Task A_claim_of_some_workflows_gives_no_other(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Review("a", t.Now), Sample.Review("b", t.Now, workflow: Sample.OtherWorkflow), Sample.Review("c", t.Now, workflow: "third")).ConfigureAwait(false);
        var request = new ClaimRequest { Purpose = WorkPurpose.Review, Holder = "ann", Max = 10, Lease = Sample.Lease, Workflows = [Sample.OtherWorkflow, "third", "unknown", "third"] };
        Expect.Sequence(["b", "c"], (await t.ClaimAsync(request).ConfigureAwait(false)).Select(Id), "Reviews of two workflows");
        Expect.Sequence(["a"], (await t.ClaimReviewsAsync("ann", 10).ConfigureAwait(false)).Select(Id), "What is left");
    }

    private static async Task A_claim_without_workflows_takes_the_most_urgent_of_all(QueueTrial t)
    {
        await t.EnqueueAsync(
            Sample.Review("2", t.Now, due: t.Now.AddHours(2)),
            Sample.Review("1", t.Now, due: t.Now.AddHours(1), workflow: Sample.OtherWorkflow),
            Sample.Review("3", t.Now, due: t.Now.AddHours(3), workflow: Sample.OtherWorkflow)).ConfigureAwait(false);
        Expect.Sequence(["1", "2", "3"], (await t.ClaimReviewsAsync("ann", 10).ConfigureAwait(false)).Select(Id), "Order over all workflows");
    }

    private static async Task An_assigned_review_is_given_to_that_person_alone(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.AppliedAsync(new AssignReview(Sample.Workflow, "a", "bob") { Actor = "lead" }).ConfigureAwait(false);
        Expect.Equal(0, (await t.ClaimReviewsAsync("ann").ConfigureAwait(false)).Count, "Reviews for somebody else");
        await t.ClaimReviewAsync("bob").ConfigureAwait(false);
        await t.AppliedAsync(new AssignReview(Sample.Workflow, "a", "ann") { Actor = "lead" }).ConfigureAwait(false);
        Expect.Equal(0, (await t.ClaimReviewsAsync("bob").ConfigureAwait(false)).Count, "Reviews for the person who had it");
        await t.RefusedAsync(TransitionStatus.LeaseLost, Sample.Approve("a", "bob")).ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.AppliedAsync(new ReleaseReview(Sample.Workflow, "a") { Actor = "ann" }).ConfigureAwait(false);
        await t.AppliedAsync(new AssignReview(Sample.Workflow, "a", null) { Actor = "lead" }).ConfigureAwait(false);
        await t.ClaimReviewAsync("eve").ConfigureAwait(false);
    }

    private static async Task An_assigned_review_keeps_its_place_among_the_free_ones(QueueTrial t)
    {
        await t.EnqueueAsync([.. "abcd".Select(id => Sample.Review($"{id}", t.Now, segment: "s"))]).ConfigureAwait(false);
        await t.AppliedAsync(new AssignReview(Sample.Workflow, "b", "ann")).ConfigureAwait(false);
        await t.AppliedAsync(new AssignReview(Sample.Workflow, "c", "bob")).ConfigureAwait(false);
        Expect.Sequence(["a", "b", "d"], (await t.ClaimReviewsAsync("ann", 10, "s").ConfigureAwait(false)).Select(Id), "Order for the assignee");
    }

    private static async Task A_review_is_not_offered_again_to_who_abstained(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.AppliedAsync(new AbstainFromReview(Sample.Workflow, "a", null) { Actor = "ann" }).ConfigureAwait(false);
        Expect.Equal(0, (await t.ClaimReviewsAsync("ann").ConfigureAwait(false)).Count, "Reviews for who abstained");
        await t.ClaimReviewAsync("bob").ConfigureAwait(false);
    }

    private static async Task Reviewers_get_no_effects_and_processes_no_reviews(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Review("review", t.Now), Sample.StraightThrough("act", t.Now)).ConfigureAwait(false);
        Expect.Sequence(["review"], (await t.ClaimReviewsAsync("ann", 10).ConfigureAwait(false)).Select(Id), "Claimed for review");
        Expect.Sequence(["act"], (await t.ClaimActsAsync(max: 10).ConfigureAwait(false)).Select(Id), "Claimed to act");
    }

    private static async Task An_effect_is_not_claimed_before_it_is_ready(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.StraightThrough("a", t.Now), Sample.StraightThrough("b", t.Now)).ConfigureAwait(false);
        await t.ClaimActAsync().ConfigureAwait(false);
        await t.AppliedAsync(new FailEffect(Sample.Workflow, "a", "TimeoutException", "no answer", 1, t.Now.AddMinutes(1)) { Actor = Sample.Process }).ConfigureAwait(false);
        Expect.Sequence(["b"], (await t.ClaimActsAsync(max: 10).ConfigureAwait(false)).Select(Id), "Ready at once");
        t.Clock.Advance(TimeSpan.FromSeconds(59));
        Expect.Equal(0, (await t.ClaimActsAsync(max: 10).ConfigureAwait(false)).Count, "Ready a second too early");
        t.Clock.Advance(TimeSpan.FromSeconds(1));
        Expect.Equal(2, (await t.ClaimActAsync().ConfigureAwait(false)).Attempt, "Attempt");
    }

    private static async Task A_claimed_item_carries_its_payload(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var payload = Expect.Some((await t.ClaimReviewAsync("ann").ConfigureAwait(false)).Payload, "A claimed item came without payload.");
        Expect.That(payload.Proposal.Span.SequenceEqual(Sample.Payload("a").Proposal.Span), "The proposal's bytes changed.");
        Expect.Equal(Sample.Secret, payload.Subject, "Subject");
    }

    private static string Id(WorkItem item) => item.DecisionId.Value;
}
