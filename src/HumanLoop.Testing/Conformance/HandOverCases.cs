using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Passing a review on.</summary>
internal static class HandOverCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(The_first_abstention_frees_a_review_and_the_second_sends_it_up),
        Of(An_escalated_review_is_for_the_named_person_alone),
        Of(Escalating_takes_the_review_from_its_holder),
        Of(Escalating_to_the_holder_is_a_reminder),
        Of(An_overdue_assignment_passes_to_the_next_person_up),
        Of(A_decided_review_is_not_handed_on),
    ];

    private static async Task The_first_abstention_frees_a_review_and_the_second_sends_it_up(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.LeaseLost, new AbstainFromReview(Sample.Workflow, "a", "lead") { Actor = "bob" }).ConfigureAwait(false);
        var first = await t.AppliedAsync(new AbstainFromReview(Sample.Workflow, "a", "lead") { Actor = "ann" }).ConfigureAwait(false);
        Expect.That(first.State == DecisionState.Pending && first.AssignedTo is null && first.Revision == claimed.Revision + 1, "After one abstention anybody else may claim the review.");
        await t.ClaimReviewAsync("bob").ConfigureAwait(false);
        var second = await t.AppliedAsync(new AbstainFromReview(Sample.Workflow, "a", "lead") { Actor = "bob" }).ConfigureAwait(false);
        Expect.Equal("lead", second.AssignedTo, "Assigned to, after the second abstention");
        Expect.Sequence(["ann", "bob"], (await t.GetAsync("a").ConfigureAwait(false)).Abstained, "Who abstained");
        Expect.Equal(0, (await t.ClaimReviewsAsync("eve").ConfigureAwait(false)).Count, "Reviews for a third");
        await t.ClaimReviewAsync("lead").ConfigureAwait(false);
    }

    private static async Task An_escalated_review_is_for_the_named_person_alone(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var due = t.Now.AddHours(1);
        var up = await t.AppliedAsync(new EscalateReview(Sample.Workflow, "a", "lead", due) { Actor = "ann" }).ConfigureAwait(false);
        Expect.Equal("lead", up.AssignedTo, "Assigned to");
        Expect.Equal(due, up.Due, "Due");
        Expect.Equal(1, up.EscalationLevel, "Level");
        Expect.Equal(0, (await t.ClaimReviewsAsync("ann").ConfigureAwait(false)).Count, "Reviews for who sent it up");
        await t.ClaimReviewAsync("lead").ConfigureAwait(false);
    }

    private static async Task Escalating_takes_the_review_from_its_holder(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.AppliedAsync(new EscalateReview(Sample.Workflow, "a", "lead", null) { Actor = "ann" }, claimed.Revision).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.StaleRevision, Sample.Approve("a", "ann"), claimed.Revision).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.LeaseLost, Sample.Approve("a", "ann")).ConfigureAwait(false);
    }

    private static async Task Escalating_to_the_holder_is_a_reminder(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        var due = t.Now.AddHours(2);
        var reminded = await t.AppliedAsync(new EscalateReview(Sample.Workflow, "a", "ann", due) { Actor = "ann" }, claimed.Revision).ConfigureAwait(false);
        Expect.That(reminded is { State: DecisionState.Claimed, LeaseHolder: "ann", EscalationLevel: 0 }, "A reminder took the review from its holder.");
        Expect.Equal(claimed.Revision, reminded.Revision, "Revision");
        Expect.Equal(due, reminded.Due, "Due");
        await t.AppliedAsync(Sample.Approve("a", "ann"), claimed.Revision).ConfigureAwait(false);
    }

    private static async Task An_overdue_assignment_passes_to_the_next_person_up(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Review("a", t.Now, due: t.Now.AddHours(1))).ConfigureAwait(false);
        await t.AppliedAsync(new AssignReview(Sample.Workflow, "a", "ann") { Actor = "lead" }).ConfigureAwait(false);
        t.Clock.Advance(TimeSpan.FromHours(1));
        await t.SweepAsync(Sample.Policy() with { WhenOverdue = WhenOverdue.Escalate, Escalation = ["lead", "owner"], Deadline = TimeSpan.FromHours(1) }).ConfigureAwait(false);
        Expect.Equal("lead", (await t.GetAsync("a").ConfigureAwait(false)).AssignedTo, "Assigned to");
        Expect.Equal(0, (await t.ClaimReviewsAsync("ann").ConfigureAwait(false)).Count, "Reviews for whom it was assigned to");
        await t.ClaimReviewAsync("lead").ConfigureAwait(false);
    }

    private static async Task A_decided_review_is_not_handed_on(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false);
        Transition[] late =
        [
            new AbstainFromReview(Sample.Workflow, "a", "lead") { Actor = "ann" },
            new EscalateReview(Sample.Workflow, "a", "lead", null) { Actor = "ann" },
            new AssignReview(Sample.Workflow, "a", "bob"),
            new PrioritiseReview(Sample.Workflow, "a", 9),
            new ReleaseReview(Sample.Workflow, "a") { Actor = "ann" },
            new ExtendLease(Sample.Workflow, "a", Sample.Lease) { Actor = "ann" },
        ];
        foreach (var transition in late)
        {
            await t.RefusedAsync(TransitionStatus.AlreadyDecided, transition).ConfigureAwait(false);
        }
    }
}
