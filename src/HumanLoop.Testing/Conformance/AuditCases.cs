using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Work that acts at once and is checked afterwards.</summary>
internal static class AuditCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(An_audit_is_claimable_only_after_its_act),
        Of(An_audit_whose_act_fails_waits_for_the_retry),
        Of(A_check_that_finds_the_act_right_settles_it),
        Of(A_check_that_finds_the_act_wrong_makes_the_compensation_due),
        Of(An_audit_that_the_caller_acts_on_is_claimable_at_once),
    ];

    private static async Task An_audit_is_claimable_only_after_its_act(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Audit("a", t.Now, Sample.Process)).ConfigureAwait(false);
        Expect.Equal(0, (await t.ClaimReviewsAsync("ann").ConfigureAwait(false)).Count, "Audits free while the act is under way");
        await t.RefusedAsync(TransitionStatus.NotAllowed, Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false);
        t.Clock.Advance(TimeSpan.FromSeconds(2));
        var acted = await t.AppliedAsync(Sample.Complete("a")).ConfigureAwait(false);
        Expect.Equal(DecisionState.Pending, acted.State, "State after the act");
        Expect.That(acted.HasActed, "The item says that it has acted.");
        Expect.Equal(t.Now, acted.ReadyAt, "Ready at");
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
    }

    private static async Task An_audit_whose_act_fails_waits_for_the_retry(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Audit("a", t.Now, Sample.Process)).ConfigureAwait(false);
        await t.AppliedAsync(new FailEffect(Sample.Workflow, "a", "TimeoutException", null, 1, t.Now) { Actor = Sample.Process }).ConfigureAwait(false);
        Expect.Equal(0, (await t.ClaimReviewsAsync("ann").ConfigureAwait(false)).Count, "Audits free while the act is due");
        await t.ClaimActAsync().ConfigureAwait(false);
        await t.AppliedAsync(Sample.Complete("a")).ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
    }

    private static async Task A_check_that_finds_the_act_right_settles_it(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Audit("a", t.Now, Sample.Process)).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Complete("a")).ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        var settled = await t.AppliedAsync(Sample.Approve("a", "ann")).ConfigureAwait(false);
        Expect.Equal(DecisionState.Settled, settled.State, "State");
        Expect.Equal(0, (await t.ClaimActsAsync().ConfigureAwait(false)).Count, "Effects free to be claimed");
    }

    private static async Task A_check_that_finds_the_act_wrong_makes_the_compensation_due(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Audit("a", t.Now, Sample.Process)).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Complete("a")).ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.AppliedAsync(Sample.Reject("a", "ann")).ConfigureAwait(false);
        var due = await t.ClaimActAsync().ConfigureAwait(false);
        Expect.Equal(Effect.Compensate, due.Effect, "Effect");
        Expect.Equal(1, due.Attempt, "Attempt at the compensation");
        var settled = await t.AppliedAsync(Sample.Complete("a", effect: Effect.Compensate)).ConfigureAwait(false);
        Expect.That(settled is { State: DecisionState.Settled, HasActed: true, WasRight: false }, "After a compensation the decision is settled, has acted and was wrong.");
    }

    private static async Task An_audit_that_the_caller_acts_on_is_claimable_at_once(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Audit("a", t.Now, handled: false)).ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        Expect.Equal(DecisionState.Settled, (await t.AppliedAsync(Sample.Reject("a", "ann")).ConfigureAwait(false)).State, "State; nobody here could compensate");
    }
}
