using HumanLoop.Journaling;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.JournalTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>An append-only journal.</summary>
internal static class JournalCases
{
    public static IEnumerable<Promise<JournalTrial>> All =>
    [
        Of(An_empty_journal_is_read_as_nothing),
        Of(Entries_are_read_in_the_order_of_appending),
        Of(Every_kind_of_entry_comes_back_as_it_went_in),
        Of(An_entry_appended_twice_is_there_once_and_the_first_stands),
        Of(A_batch_that_is_partly_known_adds_the_rest),
        Of(Stories_of_different_decisions_and_workflows_do_not_mix),
        Of(A_read_begins_after_its_position_and_gives_no_more_than_asked),
        Of(One_stream_is_read_without_the_others_in_the_order_of_its_versions),
        Of(Entries_that_many_append_at_once_are_there_once),
        Of(A_reader_that_follows_the_end_misses_nothing),
    ];

    public static IEnumerable<Promise<JournalTrial>> Durable => [Of(A_reopened_journal_holds_everything_that_was_appended)];

    private static async Task An_empty_journal_is_read_as_nothing(JournalTrial t)
    {
        Expect.Equal(0, (await t.Journal.ReadAsync(0, 10, t.Cancellation).ConfigureAwait(false)).Count, "Entries");
        await t.AppendAsync().ConfigureAwait(false);
        Expect.Equal(0, (await t.Journal.ReadAsync(99, 10, t.Cancellation).ConfigureAwait(false)).Count, "Entries after an empty append, beyond the end");
    }

    private static async Task Entries_are_read_in_the_order_of_appending(JournalTrial t)
    {
        var entries = Enumerable.Range(0, 250).Select(i => Entry(t, $"{(i * 37) % 250}")).ToList();
        foreach (var batch in entries.Chunk(40))
        {
            await t.AppendAsync(batch).ConfigureAwait(false);
        }

        foreach (var page in new[] { 1, 40, 1000 })
        {
            Expect.Sequence(entries, await t.ReadAsync(page).ConfigureAwait(false), $"Entries in pages of {page}");
        }
    }

    private static async Task Every_kind_of_entry_comes_back_as_it_went_in(JournalTrial t)
    {
        var straight = Sample.StraightThrough("1", t.Now, Sample.Process).Routed with
        {
            Version = 1,
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            Confidence = Confidence.Unusable,
            Threshold = Threshold.ReviewEverything,
        };
        JournalEntry[] kinds =
        [
            straight,
            Sample.Review("2", t.Now, due: t.Now, segment: "\u00E9\U0001F4E6", shadow: true).Routed with { Version = 1, Eligible = false },
            Sample.Audit("3", t.Now, Sample.Process).Routed with { Version = 1 },
            new ReviewClaimed { Holder = "ann", LeaseUntil = t.Now },
            new LeaseExtended { LeaseUntil = t.Now },
            new ReviewReleased(),
            new LeaseExpired { Holder = "ann" },
            new ReviewEscalated { To = "lead", Due = t.Now },
            new ReviewOverdue { Told = "owner", Due = t.Now },
            new ReviewOverdue(),
            new ReviewAssigned { To = null },
            new ReviewPrioritised { Priority = 0 },
            new ReviewPrioritised { Priority = int.MinValue },
            new ReviewerAbstained { EscalatedTo = "lead" },
            new VerdictGiven { Effect = Effect.None, Verdict = new() { Kind = VerdictKind.Approved, Reviewer = "ann", WasRight = false, At = t.Now } },
            new VerdictGiven { Effect = Effect.Act, UndoUntil = t.Now, Verdict = new() { Kind = VerdictKind.Corrected, Reviewer = "ann", Reason = "amount", WasRight = true, CorrectionFingerprint = new('c', 64), At = t.Now } },
            new VerdictUndone(),
            new UndoWindowClosed(),
            new ReviewExpired { Effect = Effect.Decline },
            new DecisionWithdrawn { Reason = "cancelled" },
            new EffectStarted { Holder = Sample.Process, LeaseUntil = t.Now },
            new EffectDone { Key = "k" },
            new EffectFailed { Error = "TimeoutException", Attempts = 0, RetryAt = t.Now },
            new EffectUncertain(),
            new DeadLetterRetried(),
            new DeadLetterSettled { Note = "by hand" },
            new OutcomeRecorded { WasRight = false, IsEvidence = true, ObservedAt = t.Now, ReportedBy = "world", TruthFingerprint = new('d', 64) },
            new EvidenceOverdue(),
            new PayloadErased(),
            new WorkflowPaused { Reason = "wrong refunds" },
            new TargetReached { Metric = "m" },
            new GuardMissed { Guard = "g" },
            new WorkflowResumed(),
            new ThresholdSettingsChanged { Settings = new() { Policy = "risk-controlled", Goal = new() { MaxErrorRate = 0.05, LearningAudits = 0 } } },
            new ThresholdChanged
            {
                ChangeId = "1-1",
                Model = "m",
                Change = new() { From = Threshold.ReviewEverything, To = new(0.83), Reason = "earned", Evidence = new(new(0.83), 160, 2, 0, double.NaN, 1), Goal = new() { MaxErrorRate = 0.05 }, Epoch = 1, Sequence = 731 },
            },
            new ThresholdForced { Threshold = new(0.97), Reason = "audit week" },
            new LooseningAnswered { ChangeId = "1-1", Approved = true },
            new EvidenceImported { Confidence = 0.97, WasRight = true },
            new PriorImported { Confidences = [0.5], WereRight = [true] },
        ];
        var entries = kinds.Select((kind, i) => kind is DecisionRouted ? kind : kind with { Workflow = Sample.Workflow, DecisionId = "x", Version = i + 1, At = t.Now.AddSeconds(i), Actor = i % 2 == 0 ? null : "ann" }).ToList();
        await t.AppendAsync(entries).ConfigureAwait(false);
        Expect.Sequence(entries, await t.ReadAsync().ConfigureAwait(false), "Entries");
    }

    private static async Task An_entry_appended_twice_is_there_once_and_the_first_stands(JournalTrial t)
    {
        var first = Entry(t, "a");
        await t.AppendAsync(first).ConfigureAwait(false);
        await t.AppendAsync(first, first).ConfigureAwait(false);
        await t.AppendAsync(first with { Actor = "somebody else" }).ConfigureAwait(false);
        Expect.Sequence([first], await t.ReadAsync().ConfigureAwait(false), "Entries");
    }

    private static async Task A_batch_that_is_partly_known_adds_the_rest(JournalTrial t)
    {
        var stream = Enumerable.Range(1, 5).Select(version => Entry(t, "a", version)).ToList();
        await t.AppendAsync(stream[0], stream[2]).ConfigureAwait(false);
        await t.AppendAsync(stream).ConfigureAwait(false);
        Expect.Sequence([1L, 3, 2, 4, 5], (await t.ReadAsync().ConfigureAwait(false)).Select(entry => entry.Version), "Versions in the order of appending");
    }

    private static async Task Stories_of_different_decisions_and_workflows_do_not_mix(JournalTrial t)
    {
        JournalEntry[] entries =
        [
            Entry(t, "a"),
            Entry(t, "A"),
            Entry(t, "a "),
            Entry(t, "a") with { Workflow = Sample.OtherWorkflow },
            Entry(t, "a", 2),
            new WorkflowPaused { Workflow = Sample.Workflow, Version = 1, At = t.Now, Reason = "wrong refunds" },
            new WorkflowPaused { Workflow = Sample.OtherWorkflow, Version = 1, At = t.Now, Reason = "wrong refunds" },
        ];
        await t.AppendAsync(entries).ConfigureAwait(false);
        Expect.Sequence(entries, await t.ReadAsync().ConfigureAwait(false), "Entries with different keys");
    }

    private static async Task A_read_begins_after_its_position_and_gives_no_more_than_asked(JournalTrial t)
    {
        await t.AppendAsync([.. Enumerable.Range(0, 10).Select(i => Entry(t, $"{i}"))]).ConfigureAwait(false);
        var all = await t.Journal.ReadAsync(0, 100, t.Cancellation).ConfigureAwait(false);
        Expect.Equal(10, all.Count, "Entries");
        Expect.That(all[0].Position > 0, "Positions are positive.");
        Expect.Sequence(all.Skip(4).Take(3), await t.Journal.ReadAsync(all[3].Position, 3, t.Cancellation).ConfigureAwait(false), "Three entries after the fourth");
        Expect.Equal(0, (await t.Journal.ReadAsync(all[^1].Position, 3, t.Cancellation).ConfigureAwait(false)).Count, "Entries after the last");
    }

    private static async Task One_stream_is_read_without_the_others_in_the_order_of_its_versions(JournalTrial t)
    {
        await t.AppendAsync(Entry(t, "a"), Entry(t, "b"), Entry(t, "a", 3), Entry(t, "a", 2), Entry(t, "A", 2), Entry(t, "a", 2) with { Workflow = Sample.OtherWorkflow }).ConfigureAwait(false);
        await t.AppendAsync(new WorkflowPaused { Workflow = Sample.Workflow, Version = 1, At = t.Now, Reason = "wrong refunds" }).ConfigureAwait(false);
        var all = await t.Journal.ReadAsync(0, 100, t.Cancellation).ConfigureAwait(false);
        Expect.Sequence([all[0], all[3], all[2]], await t.Journal.ReadDecisionAsync(Sample.Workflow, "a", 0, 100, t.Cancellation).ConfigureAwait(false), "The decision's entries, with their positions");
        Expect.Sequence([all[3]], await t.Journal.ReadDecisionAsync(Sample.Workflow, "a", 1, 1, t.Cancellation).ConfigureAwait(false), "One entry after the first version");
        Expect.Sequence([all[^1]], await t.Journal.ReadDecisionAsync(Sample.Workflow, default, 0, 100, t.Cancellation).ConfigureAwait(false), "The workflow's own entries");
        Expect.Equal(0, (await t.Journal.ReadDecisionAsync("unheard-of", "a", 0, 100, t.Cancellation).ConfigureAwait(false)).Count, "Entries of a workflow that is not there");
    }

    private static async Task Entries_that_many_append_at_once_are_there_once(JournalTrial t)
    {
        var entries = Enumerable.Range(0, 200).Select(i => Entry(t, $"{i % 20}", 1 + (i / 20))).ToList();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            foreach (var batch in (writer % 2 == 0 ? entries : Enumerable.Reverse(entries)).Chunk(1 + writer))
            {
                await t.AppendAsync(batch).ConfigureAwait(false);
            }
        }))).ConfigureAwait(false);
        Expect.Sequence(
            entries.Select(Key).Order(StringComparer.Ordinal),
            (await t.ReadAsync().ConfigureAwait(false)).Select(Key).Order(StringComparer.Ordinal),
            "Entries");
    }

    private static async Task A_reader_that_follows_the_end_misses_nothing(JournalTrial t)
    {
        const int Writers = 8;
        const int Each = 60;
        var (seen, after, idle) = (new List<string>(), 0L, 0);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var version = 1; version <= Each; version++)
            {
                await t.AppendAsync(Entry(t, $"{writer}", version)).ConfigureAwait(false);
            }
        })));

        // A position that becomes visible after a higher one was read would be missed for ever. A store may hold entries back until that cannot be.
        while (idle < 3 && seen.Count < Writers * Each)
        {
            var done = writing.IsCompleted;
            foreach (var record in await t.Journal.ReadAsync(after, 50, t.Cancellation).ConfigureAwait(false))
            {
                (after, idle) = (record.Position, 0);
                seen.Add(Key(record.Entry));
            }

            idle += done ? 1 : 0;
        }

        await writing.ConfigureAwait(false);
        Expect.Equal(seen.Count, seen.Distinct().Count(), "Entries seen, and those seen once");
        Expect.Equal(Writers * Each, seen.Count, "Entries that the reader saw");
    }

    private static async Task A_reopened_journal_holds_everything_that_was_appended(JournalTrial t)
    {
        var stream = Enumerable.Range(1, 30).Select(version => Entry(t, "a", version)).ToList();
        await t.AppendAsync([.. stream.Take(20)]).ConfigureAwait(false);
        await t.ReopenAsync().ConfigureAwait(false);
        await t.AppendAsync([.. stream.Skip(10)]).ConfigureAwait(false);
        await t.ReopenAsync().ConfigureAwait(false);
        Expect.Sequence(stream, await t.ReadAsync().ConfigureAwait(false), "Entries");
    }

    private static ReviewClaimed Entry(JournalTrial t, DecisionId id, long version = 1) =>
        new ReviewClaimed { Workflow = Sample.Workflow, DecisionId = id, Version = version, At = t.Now, Actor = "ann", Holder = "ann", LeaseUntil = t.Now + Sample.Lease };

    private static string Key(JournalEntry entry) => $"{entry.Workflow}/{entry.DecisionId}/{entry.Version}";
}
