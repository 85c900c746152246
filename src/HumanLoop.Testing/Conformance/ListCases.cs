using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Paging through what a queue holds.</summary>
internal static class ListCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(A_list_shows_what_its_filters_ask_for),
        Of(Filters_of_a_list_add_up),
        Of(Pages_show_every_item_once_in_order),
        Of(Pages_neither_skip_nor_repeat_while_others_move),
        Of(A_page_that_holds_everything_has_no_next),
        Of(A_cursor_of_another_making_is_refused),
        Of(A_listed_item_carries_its_payload),
    ];

    private static async Task A_list_shows_what_its_filters_ask_for(QueueTrial t)
    {
        await FillAsync(t).ConfigureAwait(false);
        await ListedAsync(t, new() { Workflow = Sample.Workflow }, "pending", "gold", "claimed", "decided", "acting", "settled", "stranger").ConfigureAwait(false);
        await ListedAsync(t, new() { Workflow = Sample.OtherWorkflow }, "other").ConfigureAwait(false);
        await ListedAsync(t, new() { States = [DecisionState.Claimed] }, "claimed").ConfigureAwait(false);
        await ListedAsync(t, new() { States = [DecisionState.Acting, DecisionState.ActDue, DecisionState.Acting] }, "decided", "acting").ConfigureAwait(false);
        await ListedAsync(t, new() { States = [DecisionState.Settled] }, "settled").ConfigureAwait(false);
        await ListedAsync(t, new() { Segment = "gold" }, "gold").ConfigureAwait(false);
        await ListedAsync(t, new() { Subject = "nobody else" }, "stranger").ConfigureAwait(false);
        await ListedAsync(t, new() { Holder = "ann" }, "claimed").ConfigureAwait(false);
        await ListedAsync(t, new() { Holder = Sample.Process }, "acting").ConfigureAwait(false);
        await ListedAsync(t, new() { Workflow = "unknown" }).ConfigureAwait(false);
    }

    private static async Task Filters_of_a_list_add_up(QueueTrial t)
    {
        await FillAsync(t).ConfigureAwait(false);
        await ListedAsync(t, new() { Workflow = Sample.Workflow, States = [DecisionState.Pending], Segment = "gold" }, "gold").ConfigureAwait(false);
        await ListedAsync(t, new() { States = [DecisionState.Pending], Holder = "ann" }).ConfigureAwait(false);
        await ListedAsync(t, new() { Subject = "nobody else", Workflow = Sample.OtherWorkflow }).ConfigureAwait(false);
    }

    private static async Task Pages_show_every_item_once_in_order(QueueTrial t)
    {
        var random = new Random(17);
        var work = Enumerable.Range(0, 60).Select(i => Sample.Review($"{i}", t.Now, due: random.Next(4) == 0 ? null : t.Now.AddHours(random.Next(5)))).ToList();
        var items = await t.EnqueueAsync(work).ConfigureAwait(false);
        var priorities = new Dictionary<DecisionId, int>();
        foreach (var item in items.Where(item => item.Sequence % 3 == 0))
        {
            priorities[item.DecisionId] = random.Next(-2, 3);
            await t.AppliedAsync(new PrioritiseReview(Sample.Workflow, item.DecisionId, priorities[item.DecisionId])).ConfigureAwait(false);
        }

        var expected = items
            .OrderByDescending(item => priorities.GetValueOrDefault(item.DecisionId))
            .ThenBy(item => item.Due ?? DateTimeOffset.MaxValue)
            .ThenBy(item => item.Sequence)
            .Select(item => item.DecisionId.Value)
            .ToList();
        foreach (var limit in new[] { 1, 7, 60, 1000 })
        {
            Expect.Sequence(expected, (await t.ListAsync(new() { Limit = limit }).ConfigureAwait(false)).Select(item => item.DecisionId.Value), $"Pages of {limit}");
        }
    }

    private static async Task Pages_neither_skip_nor_repeat_while_others_move(QueueTrial t)
    {
        await t.EnqueueAsync([.. Enumerable.Range(0, 40).Select(i => Sample.Review($"{i}", t.Now, due: t.Now.AddMinutes(i)))]).ConfigureAwait(false);
        var request = new ListRequest { Workflow = Sample.Workflow, States = [DecisionState.Pending], Limit = 5 };
        var seen = new List<string>();
        for (var page = 0; page == 0 || request.Cursor is not null; page++)
        {
            var read = await t.Queue.ListAsync(request, t.Cancellation).ConfigureAwait(false);
            seen.AddRange(read.Items.Select(item => item.DecisionId.Value));
            request = request with { Cursor = read.Next };

            // What was just shown is decided, and new work arrives that is more urgent than anything: neither may shift the pages.
            foreach (var item in read.Items.Skip(2))
            {
                await t.AppliedAsync(Sample.Approve(item.DecisionId, "ann", needsLease: false)).ConfigureAwait(false);
            }

            await t.EnqueueAsync(Sample.Review($"urgent-{page}", t.Now, due: t.Now.AddHours(-1))).ConfigureAwait(false);
        }

        Expect.Sequence(Enumerable.Range(0, 40).Select(i => $"{i}"), seen, "What the pages showed");
    }

    private static async Task A_page_that_holds_everything_has_no_next(QueueTrial t)
    {
        var empty = await t.Queue.ListAsync(new(), t.Cancellation).ConfigureAwait(false);
        Expect.That(empty.Items.Count == 0 && empty.Next is null, "An empty queue is one empty page.");
        await t.EnqueueAsync([.. Enumerable.Range(0, 6).Select(i => Sample.Review($"{i}", t.Now))]).ConfigureAwait(false);
        Expect.That((await t.Queue.ListAsync(new() { Limit = 6 }, t.Cancellation).ConfigureAwait(false)).Next is null, "A page of 6 shows all 6 items and says that another follows.");
        Expect.That((await t.Queue.ListAsync(new() { Limit = 5 }, t.Cancellation).ConfigureAwait(false)).Next is not null, "A page of 5 of 6 items says that it is the last.");
    }

    private static async Task A_cursor_of_another_making_is_refused(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        foreach (var cursor in new[] { "", "not a cursor", "1", "\u0000", "9999999999999999999999.1.1", "' OR 1=1" })
        {
            try
            {
                await t.Queue.ListAsync(new() { Cursor = cursor }, t.Cancellation).ConfigureAwait(false);
            }
            catch (ArgumentException)
            {
                continue;
            }

            throw new ConformanceException($"The cursor '{cursor}' was accepted; an ArgumentException was expected.");
        }
    }

    private static async Task A_listed_item_carries_its_payload(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        var item = (await t.ListAsync(new()).ConfigureAwait(false))[0];
        Expect.That(item.Payload is { } payload && payload.Proposal.Span.SequenceEqual(Sample.Payload("a").Proposal.Span), "A listed item came without its proposal.");
        QueueTrial.Same(await t.GetAsync("a").ConfigureAwait(false), item, "The item read and the item listed");
    }

    private static async Task FillAsync(QueueTrial t)
    {
        var stranger = Sample.Review("stranger", t.Now);
        await t.EnqueueAsync(
            Sample.Review("claimed", t.Now, due: t.Now),
            Sample.Review("pending", t.Now),
            Sample.Review("gold", t.Now, segment: "gold"),
            Sample.Review("other", t.Now, workflow: Sample.OtherWorkflow),
            Sample.Review("decided", t.Now),
            Sample.StraightThrough("acting", t.Now, Sample.Process),
            Sample.Review("settled", t.Now, handled: false),
            stranger with { Payload = stranger.Payload with { Subject = "nobody else" } }).ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("decided", "bob", needsLease: false)).ConfigureAwait(false);
        await t.AppliedAsync(Sample.Approve("settled", "bob", needsLease: false)).ConfigureAwait(false);
    }

    private static async Task ListedAsync(QueueTrial t, ListRequest request, params string[] expected) =>
        Expect.Sequence(
            expected.Order(StringComparer.Ordinal),
            (await t.ListAsync(request with { Limit = 2 }).ConfigureAwait(false)).Select(item => item.DecisionId.Value).Order(StringComparer.Ordinal),
            $"Items listed by {request}");
}
