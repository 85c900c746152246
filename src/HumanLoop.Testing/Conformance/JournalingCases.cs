using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Every change and its entry in one commit.</summary>
internal static class JournalingCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(Every_change_is_journaled_without_a_gap_and_explains_the_item),
        Of(A_queue_that_is_its_journal_keeps_no_outbox_and_any_other_keeps_all_in_it),
        Of(Relayed_entries_leave_the_outbox_once_and_later_ones_stay),
        Of(What_the_calls_return_is_what_the_journal_holds),
        Of(The_journal_holds_entries_in_the_order_of_each_stream),
    ];

    private static async Task Every_change_is_journaled_without_a_gap_and_explains_the_item(QueueTrial t)
    {
        await LiveAsync(t).ConfigureAwait(false);
        await t.JournalExplainsEverythingAsync().ConfigureAwait(false);
    }

    private static async Task A_queue_that_is_its_journal_keeps_no_outbox_and_any_other_keeps_all_in_it(QueueTrial t)
    {
        await LiveAsync(t).ConfigureAwait(false);
        var waiting = await t.ListAsync(new() { WithOutbox = true, Limit = 3 }).ConfigureAwait(false);
        if (t.IsJournal)
        {
            Expect.Equal(0, waiting.Count, "Items with an outbox, in a queue that is its own journal");
            return;
        }

        var all = await t.ListAsync(new()).ConfigureAwait(false);
        Expect.Equal(all.Count, waiting.Count, "Items with an outbox, before any relay came");
        foreach (var item in waiting)
        {
            Expect.Sequence(Enumerable.Range(1, (int)item.Version).Select(version => (long)version), item.Outbox.Select(entry => entry.Version), $"Versions in the outbox of '{item.DecisionId}'");
            QueueTrial.Same(item, WorkItem.Replay(item.Outbox), $"'{item.DecisionId}' live and replayed from its outbox");
        }
    }

    private static async Task Relayed_entries_leave_the_outbox_once_and_later_ones_stay(QueueTrial t)
    {
        if (t.IsJournal)
        {
            return;
        }

        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann")).ConfigureAwait(false);
        var kept = await t.AppliedAsync(new MarkJournaled(Sample.Workflow, "a", 2)).ConfigureAwait(false);
        Expect.Sequence([3L], kept.Outbox.Select(entry => entry.Version), "Versions left after two were relayed");
        Expect.Sequence([3L], (await t.GetAsync("a").ConfigureAwait(false)).Outbox.Select(entry => entry.Version), "Versions left, read again");
        Expect.Equal(3, kept.Version, "Version, which relaying leaves alone");
        await t.AppliedAsync(new MarkJournaled(Sample.Workflow, "a", 2)).ConfigureAwait(false);
        Expect.Sequence([3L], (await t.GetAsync("a").ConfigureAwait(false)).Outbox.Select(entry => entry.Version), "Versions left after a repeated relay");
        await t.AppliedAsync(new MarkJournaled(Sample.Workflow, "a", 3)).ConfigureAwait(false);
        Expect.Equal(0, (await t.ListAsync(new() { WithOutbox = true }).ConfigureAwait(false)).Count, "Items with an outbox");
    }

    private static async Task What_the_calls_return_is_what_the_journal_holds(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        t.Clock.Advance(TimeSpan.FromSeconds(1));
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        t.Clock.Advance(TimeSpan.FromSeconds(1));
        var verdict = await t.ApplyAsync(Sample.Approve("a", "ann")).ConfigureAwait(false);
        t.Clock.Advance(TimeSpan.FromSeconds(1));
        var entries = await t.StreamAsync("a").ConfigureAwait(false);
        Expect.Equal(verdict.Entry, entries[^1], "The entry of the verdict");
        Expect.Equal(t.Now.AddSeconds(-1), entries[^1].At, "When it happened, by the store's clock");
        Expect.Equal("ann", entries[^1].Actor, "Who did it");
    }

    private static async Task The_journal_holds_entries_in_the_order_of_each_stream(QueueTrial t)
    {
        await LiveAsync(t).ConfigureAwait(false);
        foreach (var stream in (await t.JournalAsync().ConfigureAwait(false)).GroupBy(entry => (entry.Workflow, entry.DecisionId)))
        {
            Expect.Sequence(stream.OrderBy(entry => entry.Version).Select(entry => entry.Version), stream.Select(entry => entry.Version), $"Order in the journal of '{stream.Key}'");
        }
    }

    /// <summary>A little of everything.</summary>
    private static async Task LiveAsync(QueueTrial t)
    {
        await t.EnqueueAsync(
            Sample.Review("a", t.Now, due: t.Now.AddMinutes(5)),
            Sample.Review("b", t.Now),
            Sample.StraightThrough("c", t.Now, Sample.Process),
            Sample.Audit("d", t.Now, Sample.Process),
            Sample.Review("e", t.Now, shadow: true),
            Sample.StraightThrough("f", t.Now, Sample.Process)).ConfigureAwait(false);
        await t.ClaimReviewsAsync("ann", 2).ConfigureAwait(false);
        await t.AppliedAsync(new AbstainFromReview(Sample.Workflow, "a", "lead") { Actor = "ann" }).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("b", "ann") with { UndoWindow = TimeSpan.FromMinutes(1), Comment = "fine" }).ConfigureAwait(false);
        await t.AppliedAsync(new UndoVerdict(Sample.Workflow, "b") { Actor = "ann" }).ConfigureAwait(false);
        await t.AppliedAsync(new AssignReview(Sample.Workflow, "b", "bob")).ConfigureAwait(false);
        await t.AppliedAsync(new PrioritiseReview(Sample.Workflow, "b", 3)).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Complete("c")).ConfigureAwait(false);
        await t.AppliedAsync(new RecordOutcome(Sample.Workflow, "c", true, null, null, null)).ConfigureAwait(false);
        await t.AppliedAsync(new ErasePayload(Sample.Workflow, "c")).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Complete("d")).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Reject("d", "bob", needsLease: false)).ConfigureAwait(false);
        await t.ClaimActAsync().ConfigureAwait(false);
        await t.AppliedAsync(Sample.Reject("e", "bob", needsLease: false)).ConfigureAwait(false);
        await t.AppliedAsync(new FailEffect(Sample.Workflow, "f", "Exception", "why", 6, null) { Actor = Sample.Process }).ConfigureAwait(false);
        await t.AppliedAsync(new RetryDeadLetter(Sample.Workflow, "f") { Actor = "lead" }).ConfigureAwait(false);
        t.Clock.Advance(TimeSpan.FromDays(20));
        await t.SweepAsync(Sample.Policy() with { WhenOverdue = WhenOverdue.Escalate, Escalation = ["lead", "owner"] }).ConfigureAwait(false);
        await t.AppliedAsync(new WithdrawDecision(Sample.Workflow, "a", "cancelled")).ConfigureAwait(false);
    }
}
