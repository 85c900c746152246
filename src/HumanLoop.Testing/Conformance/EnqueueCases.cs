using System.Text;
using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Recording new work.</summary>
internal static class EnqueueCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(New_work_is_recorded_and_can_be_read_back),
        Of(A_payload_comes_back_as_it_went_in),
        Of(An_unknown_decision_is_read_as_nothing),
        Of(An_id_that_is_known_is_not_recorded_again),
        Of(A_known_id_answers_with_the_item_as_it_stands_now),
        Of(The_same_id_in_another_workflow_is_another_decision),
        Of(Ids_are_told_apart_by_every_character),
        Of(An_id_twice_in_one_batch_is_recorded_once),
        Of(A_batch_is_recorded_in_its_order),
        Of(An_empty_batch_is_recorded_as_nothing),
        Of(Work_held_by_the_routing_process_begins_as_its_first_attempt),
        Of(Work_that_acts_with_no_holder_is_due_at_once),
        Of(Work_that_the_caller_acts_on_is_settled_from_the_start),
        Of(An_id_that_many_record_at_once_is_recorded_once),
    ];

    private static async Task New_work_is_recorded_and_can_be_read_back(QueueTrial t)
    {
        var work = Sample.Review("a", t.Now, due: t.Now.AddHours(4), segment: "gold");
        var item = (await t.EnqueueAsync(work).ConfigureAwait(false))[0];
        var expected = WorkItem.Begin(work.Routed with { Version = 1 });
        QueueTrial.Same(expected, item, "The item returned");
        QueueTrial.Same(expected, await t.GetAsync("a").ConfigureAwait(false), "The item read");
        Expect.That(item.Sequence > 0, "A sequence is positive.");
        Expect.Equal(item.Sequence, (await t.GetAsync("a").ConfigureAwait(false)).Sequence, "The sequence read");
    }

    private static async Task A_payload_comes_back_as_it_went_in(QueueTrial t)
    {
        var large = $$"""{"text":"{{new string('ß', 200_000)}}"}""";
        var bare = Sample.Review("bare", t.Now) with { Payload = new() { Proposal = Encoding.UTF8.GetBytes(large) } };
        var full = Sample.Review("full", t.Now);
        await t.EnqueueAsync(bare, full).ConfigureAwait(false);
        foreach (var work in new[] { bare, full })
        {
            var (wanted, found) = (work.Payload, Expect.Some((await t.GetAsync(work.Routed.DecisionId).ConfigureAwait(false)).Payload, "The payload is missing."));
            Expect.That(wanted.Proposal.Span.SequenceEqual(found.Proposal.Span), "The proposal's bytes changed.");
            Expect.That(found.Correction.IsEmpty, "There is a correction before anybody corrected.");
            Expect.Equal(wanted.Briefing, found.Briefing, "Briefing");
            Expect.Equal(wanted.Link, found.Link, "Link");
            Expect.Equal(wanted.Subject, found.Subject, "Subject");
            Expect.Sequence(wanted.Fields?.OrderBy(field => field.Key, StringComparer.Ordinal) ?? Enumerable.Empty<KeyValuePair<string, Confidence>>(), found.Fields?.OrderBy(field => field.Key, StringComparer.Ordinal) ?? Enumerable.Empty<KeyValuePair<string, Confidence>>(), "Fields");
        }
    }

    private static async Task An_unknown_decision_is_read_as_nothing(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        Expect.That(await t.Queue.GetAsync(Sample.Workflow, "b", t.Cancellation).ConfigureAwait(false) is null, "An id that nobody recorded was found.");
        Expect.That(await t.Queue.GetAsync(Sample.OtherWorkflow, "a", t.Cancellation).ConfigureAwait(false) is null, "An id was found in a workflow that it is not of.");
        Expect.Equal(TransitionStatus.NotFound, (await t.ApplyAsync(Sample.Approve("b", "ann")).ConfigureAwait(false)).Status, "A verdict on an unknown decision");
    }

    private static async Task An_id_that_is_known_is_not_recorded_again(QueueTrial t)
    {
        var first = (await t.EnqueueAsync(Sample.Review("a", t.Now)).ConfigureAwait(false))[0];
        t.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = Sample.Review("a", t.Now, segment: "other") with { Payload = new() { Proposal = "{}"u8.ToArray() } };
        again = again with { Routed = again.Routed with { Fingerprint = new string('0', 64) } };
        var result = (await t.Queue.EnqueueAsync([again], t.Cancellation).ConfigureAwait(false))[0];
        Expect.Equal(RoutingStatus.AlreadyRecorded, result.Status, "Status");
        QueueTrial.Same(first, Expect.Some(result.Item, "The first item comes back."), "The item of the first call");
        var read = await t.GetAsync("a").ConfigureAwait(false);
        QueueTrial.Same(first, read, "The item on record");
        Expect.Equal(Sample.Payload("a").Briefing, read.Payload?.Briefing, "The first payload stands; briefing");
        Expect.Equal(1, (await t.StreamAsync("a").ConfigureAwait(false)).Count, "Journal entries");
        Expect.Equal(1, (await t.ListAsync(new()).ConfigureAwait(false)).Count, "Items on record");
    }

    private static async Task A_known_id_answers_with_the_item_as_it_stands_now(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        var decided = await t.AppliedAsync(Sample.Approve("a", "ann")).ConfigureAwait(false);
        var result = (await t.Queue.EnqueueAsync([Sample.Review("a", t.Now)], t.Cancellation).ConfigureAwait(false))[0];
        QueueTrial.Same(decided, Expect.Some(result.Item, "The item comes back."), "The item of a known id");
    }

    private static async Task The_same_id_in_another_workflow_is_another_decision(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.Review("a", t.Now), Sample.Review("a", t.Now, workflow: Sample.OtherWorkflow)).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false);
        Expect.Equal(DecisionState.Pending, (await t.GetAsync("a", Sample.OtherWorkflow).ConfigureAwait(false)).State, "State of the other workflow's decision");
        Expect.Equal(1, (await t.StreamAsync("a", Sample.OtherWorkflow).ConfigureAwait(false)).Count, "Entries of the other workflow's decision");
    }

    private static async Task Ids_are_told_apart_by_every_character(QueueTrial t)
    {
        // Case, trailing blanks, composed and decomposed accents, and ids that only differ beyond any shorter key.
        DecisionId[] ids = ["a", "A", "a ", " a", "\u00E9", "e\u0301", "a%", "a_", "a'", "a/b", "\U0001F4E6", new string('x', 200), new string('x', 199)];
        await t.EnqueueAsync([.. ids.Select(id => Sample.Review(id, t.Now))]).ConfigureAwait(false);
        foreach (var id in ids)
        {
            Expect.Equal(id, (await t.GetAsync(id).ConfigureAwait(false)).DecisionId, "Id");
        }
    }

    private static async Task An_id_twice_in_one_batch_is_recorded_once(QueueTrial t)
    {
        var results = await t.Queue.EnqueueAsync([Sample.Review("a", t.Now), Sample.Review("b", t.Now), Sample.Review("a", t.Now, segment: "late")], t.Cancellation).ConfigureAwait(false);
        Expect.Sequence([RoutingStatus.Recorded, RoutingStatus.Recorded, RoutingStatus.AlreadyRecorded], results.Select(result => result.Status), "Statuses");
        Expect.That(results[2].Item is { Routed.Segment: null }, "The first of the batch's two stands.");
        Expect.Equal(1, (await t.StreamAsync("a").ConfigureAwait(false)).Count, "Journal entries");
    }

    private static async Task A_batch_is_recorded_in_its_order(QueueTrial t)
    {
        var before = await t.EnqueueReviewAsync("first").ConfigureAwait(false);
        var items = await t.EnqueueAsync([.. Enumerable.Range(0, 60).Select(i => Sample.Review($"{(i * 37) % 60}", t.Now))]).ConfigureAwait(false);
        var sequences = items.Select(item => item.Sequence).Prepend(before.Sequence).ToList();
        Expect.Sequence(sequences.Distinct().Order(), sequences, "Sequences increase in the order of recording");
    }

    private static async Task An_empty_batch_is_recorded_as_nothing(QueueTrial t) =>
        Expect.Equal(0, (await t.Queue.EnqueueAsync([], t.Cancellation).ConfigureAwait(false)).Count, "Results");

    private static async Task Work_held_by_the_routing_process_begins_as_its_first_attempt(QueueTrial t)
    {
        var item = (await t.EnqueueAsync(Sample.StraightThrough("a", t.Now, Sample.Process)).ConfigureAwait(false))[0];
        Expect.Equal(DecisionState.Acting, item.State, "State");
        Expect.Equal(1, item.Attempt, "Attempt");
        Expect.Equal(0, (await t.ClaimActsAsync("process-2").ConfigureAwait(false)).Count, "Effects that another process may claim");
        var settled = await t.AppliedAsync(Sample.Complete("a")).ConfigureAwait(false);
        Expect.Equal(DecisionState.Settled, settled.State, "State when done");
        Expect.Equal(t.Now, settled.ClosedAt, "Closed at");
    }

    private static async Task Work_that_acts_with_no_holder_is_due_at_once(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.StraightThrough("a", t.Now)).ConfigureAwait(false);
        Expect.Equal(0, (await t.ClaimReviewsAsync("ann").ConfigureAwait(false)).Count, "Reviews free to be claimed");
        Expect.Equal(1, (await t.ClaimActAsync().ConfigureAwait(false)).Attempt, "Attempt");
    }

    private static async Task Work_that_the_caller_acts_on_is_settled_from_the_start(QueueTrial t)
    {
        await t.EnqueueAsync(Sample.StraightThrough("a", t.Now, handled: false)).ConfigureAwait(false);
        await t.StateIsAsync(DecisionState.Settled, "a").ConfigureAwait(false);
        Expect.Equal(0, (await t.ClaimActsAsync().ConfigureAwait(false)).Count, "Effects free to be claimed");
    }

    private static async Task An_id_that_many_record_at_once_is_recorded_once(QueueTrial t)
    {
        var at = t.Now;
        var statuses = await Task.WhenAll(Enumerable.Range(0, 32).Select(caller => Task.Run(async () =>
        {
            // In different orders, so that a store that locks keys one by one would deadlock.
            var batch = Enumerable.Range(0, 20).Select(i => Sample.Review($"{(caller % 2 == 0 ? i : 19 - i)}", at)).ToList();
            return (await t.Queue.EnqueueAsync(batch, t.Cancellation).ConfigureAwait(false)).Select((result, i) => (batch[i].Routed.DecisionId, result.Status));
        }))).ConfigureAwait(false);
        foreach (var id in statuses.SelectMany(each => each).GroupBy(each => each.DecisionId, each => each.Status))
        {
            Expect.Equal(1, id.Count(status => status == RoutingStatus.Recorded), $"Calls that recorded '{id.Key}'");
            Expect.Equal(31, id.Count(status => status == RoutingStatus.AlreadyRecorded), $"Calls that found '{id.Key}' recorded");
        }

        await t.JournalExplainsEverythingAsync().ConfigureAwait(false);
    }
}
