using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>What time does to work that waits.</summary>
internal static class DeadlineCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(An_overdue_review_is_told_up_the_line_and_stays_open_to_all),
        Of(An_overdue_review_that_is_held_waits_on),
        Of(An_overdue_review_that_expires_is_declined),
        Of(An_expired_review_without_a_handler_is_closed),
        Of(A_check_of_what_has_acted_never_expires),
        Of(An_uncertain_effect_never_expires),
        Of(Nothing_happens_a_moment_before_its_time),
        Of(Missing_evidence_is_journaled_once_and_changes_no_state),
        Of(A_sweep_leaves_workflows_alone_that_it_does_not_name),
        Of(A_sweep_does_no_more_than_asked_and_says_that_there_is_more),
        Of(Many_sweeps_at_once_do_everything_once),
    ];

    private static TimeSpan Hour => TimeSpan.FromHours(1);

    private static async Task An_overdue_review_is_told_up_the_line_and_stays_open_to_all(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Review("a", t.Now, due: t.Now + Hour)).ConfigureAwait(false);
        var policy = Sample.Policy() with { WhenOverdue = WhenOverdue.Escalate, Escalation = ["lead", "owner"], Deadline = 2 * Hour };
        t.Clock.Advance(Hour);
        Expect.Sequence(["lead"], (await t.SweepAsync(policy).ConfigureAwait(false)).Entries.OfType<ReviewOverdue>().Select(entry => entry.Told), "Told first");
        var item = await t.GetAsync("a").ConfigureAwait(false);
        Expect.That(item.IsOverdue, "The item says that it is overdue.");
        Expect.Equal(t.Now + (2 * Hour), item.Due, "The next deadline");
        t.Clock.Advance(2 * Hour);
        Expect.Sequence(["owner"], (await t.SweepAsync(policy).ConfigureAwait(false)).Entries.OfType<ReviewOverdue>().Select(entry => entry.Told), "Told next");
        Expect.That((await t.GetAsync("a").ConfigureAwait(false)).Due is null, "Nobody is left to tell, so there is no further deadline.");
        t.Clock.Advance(100 * Hour);
        Expect.Equal(0, (await t.SweepAsync(policy).ConfigureAwait(false)).Entries.Count, "Entries after the last was told");
        await t.ClaimReviewAsync("anybody").ConfigureAwait(false);
    }

    private static async Task An_overdue_review_that_is_held_waits_on(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Review("a", t.Now, due: t.Now + Hour)).ConfigureAwait(false);
        t.Clock.Advance(Hour);
        var entry = (await t.SweepAsync().ConfigureAwait(false)).Entries.OfType<ReviewOverdue>().Single();
        Expect.That(entry.Told is null, "Nobody is told of work that is held.");
        Expect.Equal(0, (await t.SweepAsync().ConfigureAwait(false)).Entries.Count, "Entries of a second sweep");
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
    }

    private static async Task An_overdue_review_that_expires_is_declined(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Review("a", t.Now, due: t.Now + Hour)).ConfigureAwait(false);
        t.Clock.Advance(Hour - TimeSpan.FromMinutes(1));
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        t.Clock.Advance(TimeSpan.FromMinutes(1));
        await t.SweepAsync(Sample.Policy() with { WhenOverdue = WhenOverdue.Expire }).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.Closed, Sample.Approve("a", "ann")).ConfigureAwait(false);
        var due = await t.ClaimActAsync().ConfigureAwait(false);
        Expect.Equal(Effect.Decline, due.Effect, "Effect");
        Expect.That(due.Verdict is null && due.WasRight is null, "An expiry is no verdict.");
        Expect.Equal(DecisionState.Settled, (await t.AppliedAsync(Sample.Complete("a", effect: Effect.Decline)).ConfigureAwait(false)).State, "State when declined");
    }

    private static async Task An_expired_review_without_a_handler_is_closed(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Review("a", t.Now, due: t.Now + Hour, handled: false)).ConfigureAwait(false);
        t.Clock.Advance(Hour);
        await t.SweepAsync(Sample.Policy() with { WhenOverdue = WhenOverdue.Expire }).ConfigureAwait(false);
        await t.StateIsAsync(DecisionState.Expired, "a").ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.Closed, Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false);
    }

    private static async Task A_check_of_what_has_acted_never_expires(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Audit("a", t.Now, Sample.Process, due: t.Now + Hour)).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Complete("a")).ConfigureAwait(false);
        t.Clock.Advance(Hour);
        await t.SweepAsync(Sample.Policy() with { WhenOverdue = WhenOverdue.Expire }).ConfigureAwait(false);
        await t.StateIsAsync(DecisionState.Pending, "a").ConfigureAwait(false);
        Expect.That((await t.GetAsync("a").ConfigureAwait(false)).IsOverdue, "The item says that it is overdue.");
    }

    private static async Task An_uncertain_effect_never_expires(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Review("a", t.Now, due: t.Now + Hour)).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false);
        await t.ClaimActAsync().ConfigureAwait(false);
        t.Clock.Advance(2 * Hour);
        await t.SweepAsync(Sample.Policy() with { WhenOverdue = WhenOverdue.Expire, IsIdempotent = false }).ConfigureAwait(false);

        // It may have acted: to decline it now could tell a customer the opposite of what was done.
        await t.StateIsAsync(DecisionState.Pending, "a").ConfigureAwait(false);
    }

    private static async Task Nothing_happens_a_moment_before_its_time(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Review("a", t.Now, due: t.Now + Hour)).ConfigureAwait(false);
        t.Clock.Advance(Hour - TimeSpan.FromSeconds(1));
        Expect.Equal(0, (await t.SweepAsync(Sample.Policy() with { WhenOverdue = WhenOverdue.Expire }).ConfigureAwait(false)).Entries.Count, "Entries a second early");
    }

    private static async Task Missing_evidence_is_journaled_once_and_changes_no_state(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        t.Clock.Advance(TimeSpan.FromDays(14));
        Expect.Equal(1, (await t.SweepAsync().ConfigureAwait(false)).Entries.OfType<EvidenceOverdue>().Count(), "Entries at the evidence deadline");
        Expect.Equal(0, (await t.SweepAsync().ConfigureAwait(false)).Entries.Count, "Entries of a second sweep");
        var item = await t.GetAsync("a").ConfigureAwait(false);
        Expect.That(item is { State: DecisionState.Pending, IsEvidenceOverdue: true }, "The review waits on, and its evidence is overdue.");
        var decided = await t.AppliedAsync(Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false);
        Expect.That(decided is { IsEvidenceOverdue: false, WasRight: true }, "The late answer counts.");
    }

    private static async Task A_sweep_leaves_workflows_alone_that_it_does_not_name(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Review("a", t.Now, due: t.Now), Sample.Review("b", t.Now, due: t.Now, workflow: Sample.OtherWorkflow)).ConfigureAwait(false);
        var swept = await t.SweepAsync().ConfigureAwait(false);
        Expect.Sequence([Sample.Workflow], swept.Entries.Select(entry => entry.Workflow), "Workflows swept");
        Expect.That(!(await t.GetAsync("b", Sample.OtherWorkflow).ConfigureAwait(false)).IsOverdue, "Work of a workflow that was not named was swept.");
        var both = await t.Queue.SweepAsync(new([Sample.Policy(), Sample.Policy(Sample.OtherWorkflow)]), t.Cancellation).ConfigureAwait(false);
        Expect.Sequence([Sample.OtherWorkflow], both.Entries.Select(entry => entry.Workflow), "Workflows swept when both are named");
    }

    private static async Task A_sweep_does_no_more_than_asked_and_says_that_there_is_more(QueueTrial t)
    {
        await t.EnqueueAsync([.. Enumerable.Range(0, 7).Select(i => Sample.Review($"{i}", t.Now, due: t.Now))]).ConfigureAwait(false);
        var request = new SweepRequest([Sample.Policy()], 3);
        var counts = new List<(int, bool)>();
        for (var i = 0; i < 3; i++)
        {
            var swept = await t.Queue.SweepAsync(request, t.Cancellation).ConfigureAwait(false);
            counts.Add((swept.Entries.Count, swept.More));
        }

        Expect.Sequence([(3, true), (3, true), (1, false)], counts, "Entries and whether there is more, with a limit of 3 of 7");
    }

    private static async Task Many_sweeps_at_once_do_everything_once(QueueTrial t)
    {
        await t.EnqueueAsync([.. Enumerable.Range(0, 200).Select(i => Sample.Review($"{i}", t.Now, due: t.Now))]).ConfigureAwait(false);
        await t.ClaimReviewsAsync("ann", 100).ConfigureAwait(false);
        t.Clock.Advance(Sample.Lease);
        var swept = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => t.SweepAsync(max: 50)))).ConfigureAwait(false);
        var entries = swept.SelectMany(each => each.Entries).ToList();
        Expect.Equal(100, entries.OfType<LeaseExpired>().Count(), "Leases ended");
        Expect.Equal(200, entries.OfType<ReviewOverdue>().Count(), "Reviews found overdue");
        await t.JournalExplainsEverythingAsync().ConfigureAwait(false);
    }
}
