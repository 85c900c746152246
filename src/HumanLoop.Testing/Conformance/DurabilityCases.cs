using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>What a store must find again after the process that wrote it is gone.</summary>
internal static class DurabilityCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(A_reopened_store_holds_everything_that_was_acknowledged),
        Of(A_reopened_store_goes_on_where_it_was),
        Of(A_reopened_store_still_knows_its_ids),
        Of(A_lease_outlives_its_process_and_then_runs_out),
        Of(Sequences_go_on_after_reopening),
    ];

    private static async Task A_reopened_store_holds_everything_that_was_acknowledged(QueueTrial t)
    {
        await t.EnqueueAsync([.. Enumerable.Range(0, 50).Select(i => Sample.Review($"{i}", t.Now, due: t.Now.AddMinutes(i), segment: i % 2 == 0 ? "even" : null))]).ConfigureAwait(false);
        foreach (var item in await t.ClaimReviewsAsync("ann", 20).ConfigureAwait(false))
        {
            await t.AppliedAsync(Sample.Approve(item.DecisionId, "ann") with { Comment = "fine" }).ConfigureAwait(false);
        }

        await t.ClaimReviewsAsync("bob", 10).ConfigureAwait(false);
        var before = await t.ListAsync(new() { Limit = 100 }).ConfigureAwait(false);
        await t.ReopenAsync().ConfigureAwait(false);
        var after = await t.ListAsync(new() { Limit = 100 }).ConfigureAwait(false);
        Expect.Sequence(before.Select(QueueTrial.Facts), after.Select(QueueTrial.Facts), "Items before and after reopening");
        foreach (var (old, found) in before.Zip(after))
        {
            Expect.Equal(old.Sequence, found.Sequence, "Sequence");
            Expect.That(found.Payload is { } payload && payload.Proposal.Span.SequenceEqual(old.Payload!.Proposal.Span) && payload.Comment == old.Payload.Comment, $"The payload of '{old.DecisionId}' changed.");
        }

        await t.JournalExplainsEverythingAsync().ConfigureAwait(false);
    }

    private static async Task A_reopened_store_goes_on_where_it_was(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.ReopenAsync().ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann"), claimed.Revision).ConfigureAwait(false);
        await t.ReopenAsync().ConfigureAwait(false);
        var acting = await t.ClaimActAsync().ConfigureAwait(false);
        await t.ReopenAsync().ConfigureAwait(false);
        await t.AppliedAsync(Sample.Complete("a"), acting.Revision).ConfigureAwait(false);
        await t.ReopenAsync().ConfigureAwait(false);
        await t.StateIsAsync(DecisionState.Settled, "a").ConfigureAwait(false);
        await t.JournalExplainsEverythingAsync().ConfigureAwait(false);
    }

    private static async Task A_reopened_store_still_knows_its_ids(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.ReopenAsync().ConfigureAwait(false);
        Expect.Equal(RoutingStatus.AlreadyRecorded, (await t.Queue.EnqueueAsync([Sample.Review("a", t.Now)], t.Cancellation).ConfigureAwait(false))[0].Status, "Status of a known id");
        var limited = Sample.Review("b", t.Now) with { MaxPending = 1 };
        Expect.Equal(RoutingStatus.Refused, (await t.Queue.EnqueueAsync([limited], t.Cancellation).ConfigureAwait(false))[0].Status, "Status beyond MaxPending");
    }

    private static async Task A_lease_outlives_its_process_and_then_runs_out(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.ReopenAsync().ConfigureAwait(false);
        Expect.Equal(0, (await t.ClaimReviewsAsync("bob").ConfigureAwait(false)).Count, "Reviews free while the lease runs");
        t.Clock.Advance(Sample.Lease);
        await t.SweepAsync().ConfigureAwait(false);
        await t.ClaimReviewAsync("bob").ConfigureAwait(false);
    }

    private static async Task Sequences_go_on_after_reopening(QueueTrial t)
    {
        var before = await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.ReopenAsync().ConfigureAwait(false);
        var after = await t.EnqueueReviewAsync("b").ConfigureAwait(false);
        Expect.That(after.Sequence > before.Sequence, $"Sequence {after.Sequence} was given after {before.Sequence}.");
    }
}
