using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Taking a decision back, at every stage of its way.</summary>
internal static class WithdrawCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(A_waiting_review_can_be_withdrawn),
        Of(A_claimed_review_can_be_withdrawn_and_its_holder_is_told),
        Of(A_decided_review_can_be_withdrawn_before_its_effect_begins),
        Of(An_act_that_began_cannot_be_withdrawn),
        Of(What_has_acted_cannot_be_withdrawn),
        Of(A_superseded_decision_answers_by_type),
    ];

    private static async Task A_waiting_review_can_be_withdrawn(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var withdrawn = await t.AppliedAsync(Withdraw).ConfigureAwait(false);
        Expect.Equal(DecisionState.Withdrawn, withdrawn.State, "State");
        Expect.Equal(t.Now, withdrawn.ClosedAt, "Closed at");
        Expect.Equal(0, (await t.ClaimReviewsAsync("ann").ConfigureAwait(false)).Count, "Reviews free to be claimed");
        await t.RefusedAsync(TransitionStatus.Closed, Withdraw).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.Closed, Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false);
    }

    private static async Task A_claimed_review_can_be_withdrawn_and_its_holder_is_told(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.AppliedAsync(Withdraw).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.Closed, Sample.Approve("a", "ann"), claimed.Revision).ConfigureAwait(false);
        t.Clock.Advance(Sample.Lease);
        Expect.Equal(0, (await t.SweepAsync().ConfigureAwait(false)).Entries.Count, "Entries of a sweep over withdrawn work");
    }

    private static async Task A_decided_review_can_be_withdrawn_before_its_effect_begins(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann", needsLease: false) with { UndoWindow = TimeSpan.FromMinutes(1) }).ConfigureAwait(false);
        await t.AppliedAsync(Withdraw).ConfigureAwait(false);
        t.Clock.Advance(TimeSpan.FromMinutes(2));
        await t.SweepAsync().ConfigureAwait(false);
        await t.StateIsAsync(DecisionState.Withdrawn, "a").ConfigureAwait(false);

        await t.EnqueueReviewAsync("b").ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("b", "ann", needsLease: false)).ConfigureAwait(false);
        await t.AppliedAsync(new WithdrawDecision(Sample.Workflow, "b", "cancelled")).ConfigureAwait(false);
        Expect.Equal(0, (await t.ClaimActsAsync().ConfigureAwait(false)).Count, "Effects free to be claimed");
    }

    private static async Task An_act_that_began_cannot_be_withdrawn(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.StraightThrough("a", t.Now, Sample.Process)).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.NotAllowed, Withdraw).ConfigureAwait(false);
        await t.AppliedAsync(new FailEffect(Sample.Workflow, "a", "TimeoutException", null, 1, t.Now.AddMinutes(1)) { Actor = Sample.Process }).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.NotAllowed, Withdraw).ConfigureAwait(false);
    }

    private static async Task What_has_acted_cannot_be_withdrawn(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Audit("a", t.Now, Sample.Process)).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Complete("a")).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.NotAllowed, Withdraw).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.NotAllowed, Withdraw).ConfigureAwait(false);
    }

    private static WithdrawDecision Withdraw => new(Sample.Workflow, "a", "cancelled");

    private static async Task A_superseded_decision_answers_by_type(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        var superseded = await t.AppliedAsync(new WithdrawDecision(Sample.Workflow, "a", "superseded") { SupersededBy = "b" }).ConfigureAwait(false);
        Expect.Equal("b", superseded.SupersededBy, "What took its place");
        Expect.Equal(claimed.Revision + 1, superseded.Revision, "Revision");
        await t.RefusedAsync(TransitionStatus.Superseded, Sample.Approve("a", "ann"), claimed.Revision).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.Superseded, Sample.Approve("a", "bob", needsLease: false)).ConfigureAwait(false);
    }
}
