using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Acting: attempts, crashes, dead letters.</summary>
internal static class EffectCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(Only_the_process_that_holds_an_effect_completes_it),
        Of(A_crash_between_act_and_settle_brings_the_same_work_again_as_attempt_two),
        Of(A_zombie_process_changes_nothing),
        Of(A_crash_in_the_routing_process_brings_the_act_to_another),
        Of(A_failed_attempt_is_tried_again_when_its_time_comes),
        Of(Retries_used_up_make_a_dead_letter_with_everything_in_it),
        Of(A_dead_letter_can_be_retried),
        Of(A_dead_letter_can_be_settled_by_hand),
        Of(Attempts_that_keep_ending_unknown_make_a_dead_letter),
        Of(An_uncertain_effect_that_must_not_be_repeated_goes_to_a_person),
        Of(A_process_that_is_unsure_asks_a_person),
    ];

    private static async Task Only_the_process_that_holds_an_effect_completes_it(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.StraightThrough("a", t.Now)).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.LeaseLost, Sample.Complete("a")).ConfigureAwait(false);
        var acting = await t.ClaimActAsync().ConfigureAwait(false);
        Expect.Equal(DecisionState.Acting, acting.State, "State");
        await t.RefusedAsync(TransitionStatus.LeaseLost, Sample.Complete("a", "process-2")).ConfigureAwait(false);
        var settled = await t.AppliedAsync(Sample.Complete("a"), acting.Revision).ConfigureAwait(false);
        Expect.Equal(DecisionState.Settled, settled.State, "State when done");
        Expect.That(settled.HasActed && settled.ClosedAt == t.Now, "A settled act says that and when it has acted.");
        await t.RefusedAsync(TransitionStatus.LeaseLost, Sample.Complete("a")).ConfigureAwait(false);
        Expect.Equal(1, (await t.StreamAsync("a").ConfigureAwait(false)).OfType<EffectDone>().Count(), "Effects in the journal");
    }

    private static async Task A_crash_between_act_and_settle_brings_the_same_work_again_as_attempt_two(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false);
        var first = await t.ClaimActAsync().ConfigureAwait(false);
        t.Clock.Advance(Sample.Lease);
        await t.SweepAsync().ConfigureAwait(false);
        var second = await t.ClaimActAsync("process-2").ConfigureAwait(false);
        Expect.Equal(1, first.Attempt, "First attempt");
        Expect.Equal(2, second.Attempt, "Second attempt");
        Expect.Equal(first.DecisionId, second.DecisionId, "Decision");
        Expect.Equal(first.Effect, second.Effect, "Effect");
        Expect.Equal(first.Verdict, second.Verdict, "Verdict");
        Expect.That(second.Payload is { } payload && payload.Proposal.Span.SequenceEqual(first.Payload!.Proposal.Span), "The proposal changed between the attempts.");
        await t.AppliedAsync(Sample.Complete("a", "process-2"), second.Revision).ConfigureAwait(false);
    }

    private static async Task A_zombie_process_changes_nothing(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.StraightThrough("a", t.Now)).ConfigureAwait(false);
        var zombie = await t.ClaimActAsync().ConfigureAwait(false);
        t.Clock.Advance(Sample.Lease);
        await t.SweepAsync().ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.LeaseLost, Sample.Complete("a")).ConfigureAwait(false);
        var heir = await t.ClaimActAsync().ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.StaleRevision, Sample.Complete("a"), zombie.Revision).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.StaleRevision, new FailEffect(Sample.Workflow, "a", "Exception", null, 1, null) { Actor = Sample.Process }, zombie.Revision).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Complete("a"), heir.Revision).ConfigureAwait(false);
    }

    private static async Task A_crash_in_the_routing_process_brings_the_act_to_another(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.StraightThrough("a", t.Now, Sample.Process)).ConfigureAwait(false);
        t.Clock.Advance(Sample.Lease);
        var lapsed = await t.SweepAsync().ConfigureAwait(false);
        Expect.Sequence([Sample.Process], lapsed.Entries.OfType<LeaseExpired>().Select(entry => entry.Holder), "Leases that the sweep ended");
        Expect.Equal(2, (await t.ClaimActAsync("process-2").ConfigureAwait(false)).Attempt, "Attempt");
    }

    private static async Task A_failed_attempt_is_tried_again_when_its_time_comes(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.StraightThrough("a", t.Now, Sample.Process)).ConfigureAwait(false);
        var failed = await t.AppliedAsync(new FailEffect(Sample.Workflow, "a", "TimeoutException", "no answer from the bank", 3, t.Now.AddMinutes(2)) { Actor = Sample.Process }).ConfigureAwait(false);
        Expect.Equal(DecisionState.ActDue, failed.State, "State");
        Expect.Equal(3, failed.Attempt, "Attempts made");
        Expect.Equal("no answer from the bank", (await t.GetAsync("a").ConfigureAwait(false)).Payload?.LastError, "What the last attempt said");
        t.Clock.Advance(TimeSpan.FromMinutes(2));
        Expect.Equal(4, (await t.ClaimActAsync().ConfigureAwait(false)).Attempt, "Attempt");
    }

    private static async Task Retries_used_up_make_a_dead_letter_with_everything_in_it(QueueTrial t)
    {
        var dead = await DeadLetterAsync(t).ConfigureAwait(false);
        Expect.Equal(DecisionState.DeadLetter, dead.State, "State");
        Expect.Equal(6, dead.Attempt, "Attempts made");
        var payload = Expect.Some(dead.Payload, "A dead letter keeps its payload.");
        Expect.Equal("no account", payload.LastError, "What the last attempt said");
        Expect.That(payload.Proposal.Span.SequenceEqual(Sample.Payload("a").Proposal.Span), "The proposal's bytes changed.");
        Expect.Equal(0, (await t.ClaimActsAsync().ConfigureAwait(false)).Count, "Effects free to be claimed");
        Expect.Sequence(["a"], (await t.ListAsync(new() { States = [DecisionState.DeadLetter] }).ConfigureAwait(false)).Select(item => item.DecisionId.Value), "Dead letters listed");
    }

    private static async Task A_dead_letter_can_be_retried(QueueTrial t)
    {
        var dead = await DeadLetterAsync(t).ConfigureAwait(false);
        var retried = await t.AppliedAsync(new RetryDeadLetter(Sample.Workflow, "a") { Actor = "lead" }, dead.Revision).ConfigureAwait(false);
        Expect.Equal(dead.Revision + 1, retried.Revision, "Revision");
        await t.RefusedAsync(TransitionStatus.NotAllowed, new RetryDeadLetter(Sample.Workflow, "a") { Actor = "lead" }).ConfigureAwait(false);
        Expect.Equal(1, (await t.ClaimActAsync().ConfigureAwait(false)).Attempt, "Attempt");
        await t.AppliedAsync(Sample.Complete("a")).ConfigureAwait(false);
    }

    private static async Task A_dead_letter_can_be_settled_by_hand(QueueTrial t)
    {
        await t.EnqueueReviewAsync("b").ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.NotAllowed, new SettleDeadLetter(Sample.Workflow, "b", null)).ConfigureAwait(false);
        await DeadLetterAsync(t).ConfigureAwait(false);
        var settled = await t.AppliedAsync(new SettleDeadLetter(Sample.Workflow, "a", "paid by bank transfer") { Actor = "lead" }).ConfigureAwait(false);
        Expect.Equal(DecisionState.Settled, settled.State, "State");
        Expect.Equal("paid by bank transfer", (await t.StreamAsync("a").ConfigureAwait(false)).OfType<DeadLetterSettled>().Single().Note, "Note in the journal");
    }

    private static async Task Attempts_that_keep_ending_unknown_make_a_dead_letter(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.StraightThrough("a", t.Now)).ConfigureAwait(false);
        var policy = Sample.Policy() with { MaxAttempts = 3 };
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Expect.Equal(attempt, (await t.ClaimActAsync().ConfigureAwait(false)).Attempt, "Attempt");
            t.Clock.Advance(Sample.Lease);
            await t.SweepAsync(policy).ConfigureAwait(false);
        }

        await t.StateIsAsync(DecisionState.DeadLetter, "a").ConfigureAwait(false);
    }

    private static async Task An_uncertain_effect_that_must_not_be_repeated_goes_to_a_person(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.StraightThrough("a", t.Now, Sample.Process)).ConfigureAwait(false);
        t.Clock.Advance(Sample.Lease);
        var swept = await t.SweepAsync(Sample.Policy() with { IsIdempotent = false }).ConfigureAwait(false);
        Expect.Equal(1, swept.Entries.OfType<EffectUncertain>().Count(), "Uncertain effects that the sweep found");
        Expect.Equal(0, (await t.ClaimActsAsync().ConfigureAwait(false)).Count, "Effects free to be claimed");
        var review = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        Expect.Equal("outcome_unknown", review.ReviewReason, "Why a person is asked");
        await t.AppliedAsync(Sample.Approve("a", "ann"), review.Revision).ConfigureAwait(false);
        Expect.Equal(1, (await t.ClaimActAsync().ConfigureAwait(false)).Attempt, "Attempt after a person said to act");
    }

    private static async Task A_process_that_is_unsure_asks_a_person(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.StraightThrough("a", t.Now, Sample.Process)).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.LeaseLost, new QuestionEffect(Sample.Workflow, "a", null) { Actor = "process-2" }).ConfigureAwait(false);
        var unsure = await t.AppliedAsync(new QuestionEffect(Sample.Workflow, "a", "the connection broke") { Actor = Sample.Process }).ConfigureAwait(false);
        Expect.Equal(DecisionState.Pending, unsure.State, "State");
        Expect.Equal("the connection broke", (await t.GetAsync("a").ConfigureAwait(false)).Payload?.LastError, "What the attempt said");
    }

    private static async Task<WorkItem> DeadLetterAsync(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.StraightThrough("a", t.Now, Sample.Process)).ConfigureAwait(false);
        await t.AppliedAsync(new FailEffect(Sample.Workflow, "a", "InvalidOperationException", "no account", 6, null) { Actor = Sample.Process }).ConfigureAwait(false);
        return await t.GetAsync("a").ConfigureAwait(false);
    }
}
