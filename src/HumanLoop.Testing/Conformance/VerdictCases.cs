using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Deciding, and taking it back.</summary>
internal static class VerdictCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(An_approval_makes_the_act_due),
        Of(A_rejection_makes_the_decline_due),
        Of(A_correction_is_kept_beside_the_proposal),
        Of(A_second_verdict_is_refused_by_type),
        Of(A_verdict_from_outside_needs_no_lease_and_the_first_one_wins),
        Of(Of_many_verdicts_at_once_one_is_applied),
        Of(A_verdict_without_the_lease_is_refused),
        Of(A_verdict_in_shadow_mode_has_no_effect),
        Of(A_verdict_without_a_handler_settles_the_decision),
        Of(A_verdict_can_be_undone_within_its_window),
        Of(An_undo_window_that_closes_makes_the_effect_due),
        Of(A_verdict_without_a_window_cannot_be_undone),
        Of(An_outcome_replaces_the_verdict_of_a_drawn_decision),
        Of(An_outcome_of_an_undrawn_decision_is_only_journaled),
    ];

    private static async Task An_approval_makes_the_act_due(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        var decided = await t.AppliedAsync(Sample.Approve("a", "ann") with { Reason = "looks_right", Comment = "as the photo shows" }, claimed.Revision).ConfigureAwait(false);
        Expect.Equal(DecisionState.ActDue, decided.State, "State");
        Expect.Equal(Effect.Act, decided.Effect, "Effect");
        Expect.Equal(true, decided.WasRight, "Whether the proposal was right");
        Expect.That(decided.LeaseHolder is null, "The lease ends with the verdict.");
        Expect.Equal(claimed.Revision + 1, decided.Revision, "Revision");
        Expect.Equal(new VerdictFacts { Kind = VerdictKind.Approved, Reviewer = "ann", Reason = "looks_right", WasRight = true, At = t.Now }, decided.Verdict, "Verdict");
        Expect.Equal("as the photo shows", (await t.GetAsync("a").ConfigureAwait(false)).Payload?.Comment, "Comment");
        Expect.Equal(1, (await t.ClaimActAsync().ConfigureAwait(false)).Attempt, "Attempt");
        await t.AppliedAsync(Sample.Complete("a")).ConfigureAwait(false);
        await t.StateIsAsync(DecisionState.Settled, "a").ConfigureAwait(false);
    }

    private static async Task A_rejection_makes_the_decline_due(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.AppliedAsync(Sample.Reject("a", "ann")).ConfigureAwait(false);
        var acting = await t.ClaimActAsync().ConfigureAwait(false);
        Expect.Equal(Effect.Decline, acting.Effect, "Effect");
        var settled = await t.AppliedAsync(Sample.Complete("a", effect: Effect.Decline)).ConfigureAwait(false);
        Expect.That(!settled.HasActed, "A declined proposal has not acted.");
    }

    private static async Task A_correction_is_kept_beside_the_proposal(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        var corrected = """{"refund":11.5}"""u8.ToArray();
        await t.AppliedAsync(new GiveVerdict(Sample.Workflow, "a", VerdictKind.Corrected, false)
        {
            Actor = "ann",
            NeedsLease = true,
            Correction = corrected,
            CorrectionFingerprint = new string('c', 64),
        }).ConfigureAwait(false);
        var acting = await t.ClaimActAsync().ConfigureAwait(false);
        Expect.Equal(Effect.Act, acting.Effect, "Effect");
        Expect.Equal(new string('c', 64), acting.Verdict?.CorrectionFingerprint, "Fingerprint of the correction");
        var payload = Expect.Some(acting.Payload, "The payload is missing.");
        Expect.That(payload.Correction.Span.SequenceEqual(corrected), "The correction's bytes changed.");
        Expect.That(payload.Proposal.Span.SequenceEqual(Sample.Payload("a").Proposal.Span), "The correction changed the proposal.");
    }

    private static async Task A_second_verdict_is_refused_by_type(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        var first = await t.AppliedAsync(Sample.Approve("a", "ann"), claimed.Revision).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.AlreadyDecided, Sample.Reject("a", "ann"), claimed.Revision).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.AlreadyDecided, Sample.Reject("a", "bob", needsLease: false), first.Revision).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.AlreadyDecided, Sample.Reject("a", "bob", needsLease: false)).ConfigureAwait(false);
        await t.ClaimActAsync().ConfigureAwait(false);
        await t.AppliedAsync(Sample.Complete("a")).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.AlreadyDecided, Sample.Reject("a", "bob", needsLease: false)).ConfigureAwait(false);
        Expect.Equal(1, (await t.StreamAsync("a").ConfigureAwait(false)).OfType<VerdictGiven>().Count(), "Verdicts in the journal");
    }

    private static async Task A_verdict_from_outside_needs_no_lease_and_the_first_one_wins(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var anns = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.AppliedAsync(Sample.Reject("a", "zendesk:bob", needsLease: false)).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.AlreadyDecided, Sample.Approve("a", "ann"), anns.Revision).ConfigureAwait(false);
        Expect.Equal(Effect.Decline, (await t.ClaimActAsync().ConfigureAwait(false)).Effect, "Effect");
    }

    private static async Task Of_many_verdicts_at_once_one_is_applied(QueueTrial t)
    {
        for (var round = 0; round < 10; round++)
        {
            DecisionId id = $"{round}";
            await t.EnqueueReviewAsync(id).ConfigureAwait(false);
            var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
                await t.Queue.ApplyAsync(i % 2 == 0 ? Sample.Approve(id, $"r{i}", needsLease: false) : Sample.Reject(id, $"r{i}", needsLease: false), null, t.Cancellation).ConfigureAwait(false)))).ConfigureAwait(false);
            Expect.Equal(1, results.Count(result => result.IsApplied), "Verdicts applied of 16");
            Expect.Equal(15, results.Count(result => result.Status == TransitionStatus.AlreadyDecided), "Verdicts refused by type");
            var winner = results.Single(result => result.IsApplied).Item?.Verdict;
            Expect.Equal(winner, (await t.GetAsync(id).ConfigureAwait(false)).Verdict, "The verdict on record is the one that was applied");
        }
    }

    private static async Task A_verdict_without_the_lease_is_refused(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.LeaseLost, Sample.Approve("a", "ann")).ConfigureAwait(false);
        var bobs = await t.ClaimReviewAsync("bob").ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.LeaseLost, Sample.Approve("a", "ann"), bobs.Revision).ConfigureAwait(false);
    }

    private static async Task A_verdict_in_shadow_mode_has_no_effect(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Review("a", t.Now, shadow: true), Sample.Review("b", t.Now, shadow: true)).ConfigureAwait(false);
        Expect.Equal(DecisionState.Settled, (await t.AppliedAsync(Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false)).State, "State after an approval");
        Expect.Equal(DecisionState.Settled, (await t.AppliedAsync(Sample.Reject("b", "ann", needsLease: false)).ConfigureAwait(false)).State, "State after a rejection");
        Expect.Equal(0, (await t.ClaimActsAsync(max: 10).ConfigureAwait(false)).Count, "Effects free to be claimed");
    }

    private static async Task A_verdict_without_a_handler_settles_the_decision(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Review("a", t.Now, handled: false)).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false);
        await t.StateIsAsync(DecisionState.Settled, "a").ConfigureAwait(false);
        Expect.Equal(0, (await t.ClaimActsAsync().ConfigureAwait(false)).Count, "Effects free to be claimed");
    }

    private static async Task A_verdict_can_be_undone_within_its_window(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        var decided = await t.AppliedAsync(Sample.Approve("a", "ann") with { UndoWindow = TimeSpan.FromSeconds(30) }).ConfigureAwait(false);
        Expect.Equal(DecisionState.Decided, decided.State, "State");
        Expect.Equal(0, (await t.ClaimActsAsync().ConfigureAwait(false)).Count, "Effects free while the verdict can be undone");
        await t.RefusedAsync(TransitionStatus.AlreadyDecided, Sample.Reject("a", "bob", needsLease: false)).ConfigureAwait(false);
        t.Clock.Advance(TimeSpan.FromSeconds(29));
        var undone = await t.AppliedAsync(new UndoVerdict(Sample.Workflow, "a") { Actor = "ann" }, decided.Revision).ConfigureAwait(false);
        Expect.Equal(DecisionState.Pending, undone.State, "State when undone");
        Expect.Equal(decided.Revision + 1, undone.Revision, "Revision");
        Expect.That(undone.Verdict is null && undone.WasRight is null, "An undone verdict is gone.");
        t.Clock.Advance(TimeSpan.FromMinutes(1));
        await t.SweepAsync().ConfigureAwait(false);
        await t.StateIsAsync(DecisionState.Pending, "a").ConfigureAwait(false);
        await t.ClaimReviewAsync("bob").ConfigureAwait(false);
        await t.AppliedAsync(Sample.Reject("a", "bob")).ConfigureAwait(false);
    }

    private static async Task An_undo_window_that_closes_makes_the_effect_due(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann", needsLease: false) with { UndoWindow = TimeSpan.FromSeconds(30) }).ConfigureAwait(false);
        t.Clock.Advance(TimeSpan.FromSeconds(30));
        await t.RefusedAsync(TransitionStatus.NotAllowed, new UndoVerdict(Sample.Workflow, "a") { Actor = "ann" }).ConfigureAwait(false);
        Expect.Equal(1, (await t.SweepAsync().ConfigureAwait(false)).Entries.OfType<UndoWindowClosed>().Count(), "Windows that the sweep closed");
        Expect.Equal(Effect.Act, (await t.ClaimActAsync().ConfigureAwait(false)).Effect, "Effect");
    }

    private static async Task A_verdict_without_a_window_cannot_be_undone(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.NotAllowed, new UndoVerdict(Sample.Workflow, "a") { Actor = "ann" }).ConfigureAwait(false);
    }

    private static async Task An_outcome_replaces_the_verdict_of_a_drawn_decision(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false);
        var item = await t.AppliedAsync(new RecordOutcome(Sample.Workflow, "a", false, null, "chargebacks", null)).ConfigureAwait(false);
        Expect.Equal(false, item.WasRight, "Whether the proposal was right");
        Expect.Equal(true, item.HasOutcome, "Whether that comes from an outcome");
        Expect.Equal(DecisionState.ActDue, item.State, "State, which an outcome leaves alone");
    }

    private static async Task An_outcome_of_an_undrawn_decision_is_only_journaled(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.StraightThrough("a", t.Now, Sample.Process)).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Complete("a")).ConfigureAwait(false);
        var item = await t.AppliedAsync(new RecordOutcome(Sample.Workflow, "a", false, t.Now.AddDays(-1), "complaints", new string('d', 64))).ConfigureAwait(false);
        Expect.That(item.WasRight is null, "A complaint about a decision that nobody drew counts as evidence.");
        var entry = (await t.StreamAsync("a").ConfigureAwait(false)).OfType<OutcomeRecorded>().Single();
        Expect.That(!entry.IsEvidence && entry.ReportedBy == "complaints" && entry.ObservedAt == t.Now.AddDays(-1), "The journal's entry is not the outcome that was recorded.");
    }
}
