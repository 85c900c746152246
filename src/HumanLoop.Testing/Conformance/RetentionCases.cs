using System.Text;
using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Erasing data, and forgetting ids.</summary>
internal static class RetentionCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(Erasing_removes_the_data_and_keeps_the_facts),
        Of(Open_work_is_not_erased),
        Of(Retention_erases_what_has_been_closed_long_enough),
        Of(Without_retention_data_is_kept),
        Of(A_closed_id_is_remembered_for_its_window_and_then_forgotten),
        Of(Open_work_is_never_forgotten),
        Of(A_forgotten_id_that_is_routed_again_continues_its_stream),
        Of(No_payload_is_in_the_journal),
    ];

    private static TimeSpan Day => TimeSpan.FromDays(1);

    private static async Task Erasing_removes_the_data_and_keeps_the_facts(QueueTrial t)
    {
        var settled = await SettleAsync(t, "a").ConfigureAwait(false);
        var erased = await t.AppliedAsync(new ErasePayload(Sample.Workflow, "a") { Actor = "privacy" }).ConfigureAwait(false);
        Expect.That(erased.IsErased && erased.Payload is null, "The item is not erased.");
        Expect.That((await t.GetAsync("a").ConfigureAwait(false)).Payload is null, "The payload can still be read.");
        Expect.Equal(settled.Verdict, erased.Verdict, "Verdict");
        Expect.Equal(settled.Routed, erased.Routed, "How it was judged");
        Expect.Equal(0, (await t.ListAsync(new() { Subject = Sample.Secret }).ConfigureAwait(false)).Count, "Items found under the erased subject");
        await t.RefusedAsync(TransitionStatus.Closed, new ErasePayload(Sample.Workflow, "a") { Actor = "privacy" }).ConfigureAwait(false);
        var again = (await t.Queue.EnqueueAsync([Sample.Review("a", t.Now)], t.Cancellation).ConfigureAwait(false))[0];
        Expect.Equal(RoutingStatus.AlreadyRecorded, again.Status, "Status of the id after erasure, which does not free it");
    }

    private static async Task Open_work_is_not_erased(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.NotAllowed, new ErasePayload(Sample.Workflow, "a")).ConfigureAwait(false);
        Expect.That((await t.GetAsync("a").ConfigureAwait(false)).Payload is not null, "The payload of open work is gone.");
    }

    private static async Task Retention_erases_what_has_been_closed_long_enough(QueueTrial t)
    {
        await SettleAsync(t, "old").ConfigureAwait(false);
        t.Clock.Advance(Day);
        await SettleAsync(t, "new").ConfigureAwait(false);
        await t.EnqueueReviewAsync("open").ConfigureAwait(false);
        t.Clock.Advance(6 * Day);
        var policy = Sample.Policy() with { PayloadRetention = 7 * Day };
        Expect.Sequence(["old"], (await t.SweepAsync(policy).ConfigureAwait(false)).Entries.OfType<PayloadErased>().Select(entry => entry.DecisionId.Value), "Erased by the sweep");
        Expect.That((await t.GetAsync("old").ConfigureAwait(false)) is { Payload: null, IsErased: true }, "What was erased can still be read.");
        Expect.That((await t.GetAsync("new").ConfigureAwait(false)).Payload is not null, "Data was erased before its time.");
        Expect.Equal(0, (await t.SweepAsync(policy).ConfigureAwait(false)).Entries.Count, "Entries of a second sweep");
        t.Clock.Advance(Day);
        Expect.Sequence(["new"], (await t.SweepAsync(policy).ConfigureAwait(false)).Entries.OfType<PayloadErased>().Select(entry => entry.DecisionId.Value), "Erased a day later");
        Expect.That((await t.GetAsync("open").ConfigureAwait(false)).Payload is not null, "The payload of open work is gone.");
    }

    private static async Task Without_retention_data_is_kept(QueueTrial t)
    {
        await SettleAsync(t, "a").ConfigureAwait(false);
        t.Clock.Advance(300 * Day);
        await t.SweepAsync().ConfigureAwait(false);
        Expect.That((await t.GetAsync("a").ConfigureAwait(false)).Payload is not null, "Data was erased though no retention is set.");
    }

    private static async Task A_closed_id_is_remembered_for_its_window_and_then_forgotten(QueueTrial t)
    {
        await SettleAsync(t, "a").ConfigureAwait(false);
        await t.JournalAsync().ConfigureAwait(false);
        var policy = Sample.Policy() with { IdempotencyWindow = 30 * Day };
        t.Clock.Advance((30 * Day) - TimeSpan.FromSeconds(1));
        Expect.Equal(0, (await t.SweepAsync(policy).ConfigureAwait(false)).Forgotten, "Forgotten a second early");
        Expect.Equal(RoutingStatus.AlreadyRecorded, (await t.Queue.EnqueueAsync([Sample.Review("a", t.Now)], t.Cancellation).ConfigureAwait(false))[0].Status, "Status within the window");
        t.Clock.Advance(TimeSpan.FromSeconds(1));
        Expect.Equal(1, (await t.SweepAsync(policy).ConfigureAwait(false)).Forgotten, "Forgotten at the end of the window");
        Expect.That(await t.Queue.GetAsync(Sample.Workflow, "a", t.Cancellation).ConfigureAwait(false) is null, "A forgotten item can still be read.");
        Expect.Equal(0, (await t.SweepAsync(policy).ConfigureAwait(false)).Forgotten, "Forgotten by a second sweep");
        Expect.That((await t.StreamAsync("a").ConfigureAwait(false)).Count > 1, "The journal forgot, too.");
    }

    private static async Task Open_work_is_never_forgotten(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        t.Clock.Advance(300 * Day);
        Expect.Equal(0, (await t.SweepAsync(Sample.Policy() with { IdempotencyWindow = Day }).ConfigureAwait(false)).Forgotten, "Forgotten");
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
    }

    private static async Task A_forgotten_id_that_is_routed_again_continues_its_stream(QueueTrial t)
    {
        var before = await SettleAsync(t, "a").ConfigureAwait(false);
        await t.JournalAsync().ConfigureAwait(false);
        t.Clock.Advance(2 * Day);
        await t.SweepAsync(Sample.Policy() with { IdempotencyWindow = Day }).ConfigureAwait(false);
        var again = await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        Expect.Equal(DecisionState.Pending, again.State, "State");

        // Journals know an entry by its version: one that was used before would be passed over, and the new stream lost.
        Expect.Equal(before.Version + 1, again.Version, "Version, which the journal has not used yet");
        await t.AppliedAsync(Sample.Reject("a", "bob", needsLease: false)).ConfigureAwait(false);
        await t.JournalExplainsEverythingAsync().ConfigureAwait(false);
    }

    private static async Task No_payload_is_in_the_journal(QueueTrial t)
    {
        var work = Sample.Review("a", t.Now);
        await t.EnqueueAsync(work).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann", needsLease: false) with { Comment = Sample.Secret, Correction = work.Payload.Proposal }).ConfigureAwait(false);
        await t.ClaimActAsync().ConfigureAwait(false);
        await t.AppliedAsync(new FailEffect(Sample.Workflow, "a", "Exception", Sample.Secret, 1, null) { Actor = Sample.Process }).ConfigureAwait(false);
        foreach (var entry in await t.JournalAsync().ConfigureAwait(false))
        {
            // As JSON escapes what is not ASCII, the name's plain middle is looked for.
            Expect.That(!Encoding.UTF8.GetString(JournalJson.Write(entry)).Contains("17 Rue", StringComparison.Ordinal), $"The journal's {entry.GetType().Name} holds payload.");
        }
    }

    private static async Task<WorkItem> SettleAsync(QueueTrial t, DecisionId id)
    {
        await t.EnqueueReviewAsync(id).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve(id, "ann", needsLease: false)).ConfigureAwait(false);
        await t.ClaimActAsync().ConfigureAwait(false);
        return await t.AppliedAsync(Sample.Complete(id)).ConfigureAwait(false);
    }
}
