using HumanLoop.Journaling;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.StateTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Small documents with versions.</summary>
internal static class StateCases
{
    public static IEnumerable<Promise<StateTrial>> All =>
    [
        Of(A_document_that_nobody_wrote_is_read_as_nothing),
        Of(A_document_comes_back_as_it_was_written),
        Of(A_write_on_a_stale_version_is_refused_and_changes_nothing),
        Of(Documents_are_told_apart_by_workflow_and_name),
        Of(Of_many_who_create_a_document_one_does),
        Of(No_write_is_lost_when_many_write_at_once),
        Of(An_entry_is_journaled_with_its_document_and_not_without),
        Of(Entries_of_two_documents_are_both_kept),
        Of(Several_documents_and_entries_are_written_together_or_not_at_all),
        Of(Entries_are_journaled_without_a_document_too),
    ];

    public static IEnumerable<Promise<StateTrial>> Durable => [Of(A_reopened_state_holds_its_documents)];

    private static async Task A_document_that_nobody_wrote_is_read_as_nothing(StateTrial t) =>
        Expect.That(await t.ReadAsync("w", "pause").ConfigureAwait(false) is null, "A document was found that nobody wrote.");

    private static async Task A_document_comes_back_as_it_was_written(StateTrial t)
    {
        var large = new string('ß', 50_000) + "\n\t\"\U0001F4E6'";
        Expect.That(await t.WriteAsync("w", "d", "first", 0).ConfigureAwait(false), "A new document was refused.");
        Expect.Equal(new StateDocument("first", 1), await t.ReadAsync("w", "d").ConfigureAwait(false), "The document");
        Expect.That(await t.WriteAsync("w", "d", large, 1).ConfigureAwait(false), "A write on the present version was refused.");
        Expect.Equal(new StateDocument(large, 2), await t.ReadAsync("w", "d").ConfigureAwait(false), "The document when changed");
        Expect.That(await t.WriteAsync("w", "d", "", 2).ConfigureAwait(false), "An empty text was refused.");
        Expect.Equal(new StateDocument("", 3), await t.ReadAsync("w", "d").ConfigureAwait(false), "The empty document");
    }

    private static async Task A_write_on_a_stale_version_is_refused_and_changes_nothing(StateTrial t)
    {
        Expect.That(!await t.WriteAsync("w", "d", "x", 1).ConfigureAwait(false), "A document that does not exist was changed at version 1.");
        await t.WriteAsync("w", "d", "first", 0).ConfigureAwait(false);
        Expect.That(!await t.WriteAsync("w", "d", "x", 0).ConfigureAwait(false), "An existing document was created again.");
        await t.WriteAsync("w", "d", "second", 1).ConfigureAwait(false);
        Expect.That(!await t.WriteAsync("w", "d", "x", 1).ConfigureAwait(false), "A write on version 1 of 2 was taken.");
        Expect.That(!await t.WriteAsync("w", "d", "x", 3).ConfigureAwait(false), "A write on version 3 of 2 was taken.");
        Expect.Equal(new StateDocument("second", 2), await t.ReadAsync("w", "d").ConfigureAwait(false), "The document");
    }

    private static async Task Documents_are_told_apart_by_workflow_and_name(StateTrial t)
    {
        (string Workflow, string Name)[] keys = [("", "d"), ("w", "d"), ("W", "d"), ("w", "D"), ("w", "e"), ("wd", "e")];
        foreach (var (workflow, name) in keys)
        {
            Expect.That(await t.WriteAsync(workflow, name, $"{workflow}|{name}", 0).ConfigureAwait(false), $"Document '{name}' of '{workflow}' was taken for another.");
        }

        Expect.Sequence(keys.Select(key => key.Item1).Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal), await t.State.ListWorkflowsAsync().ConfigureAwait(false), "The workflows that have documents");

        foreach (var (workflow, name) in keys)
        {
            Expect.Equal($"{workflow}|{name}", (await t.ReadAsync(workflow, name).ConfigureAwait(false))?.Value, "The document");
        }
    }

    private static async Task Of_many_who_create_a_document_one_does(StateTrial t)
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => t.WriteAsync("", "audit-key", $"{i}", 0)))).ConfigureAwait(false);
        Expect.Equal(1, won.Count(each => each), "Writers that created it");
        Expect.Equal($"{Array.IndexOf(won, true)}", (await t.ReadAsync("", "audit-key").ConfigureAwait(false))?.Value, "What the winner wrote");
    }

    private static async Task No_write_is_lost_when_many_write_at_once(StateTrial t)
    {
        const int Writers = 8;
        const int Each = 25;
        await t.WriteAsync("w", "count", "0", 0).ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < Each;)
            {
                var document = Expect.Some(await t.ReadAsync("w", "count").ConfigureAwait(false), "The document is gone.");
                var next = int.Parse(document.Value, System.Globalization.CultureInfo.InvariantCulture) + 1;
                done += await t.WriteAsync("w", "count", $"{next}", document.Version).ConfigureAwait(false) ? 1 : 0;
            }
        }))).ConfigureAwait(false);
        Expect.Equal(new StateDocument($"{Writers * Each}", 1 + (Writers * Each)), await t.ReadAsync("w", "count").ConfigureAwait(false), "The count");
    }

    private static async Task An_entry_is_journaled_with_its_document_and_not_without(StateTrial t)
    {
        var pause = new WorkflowPaused { Workflow = "w", Actor = "owner", Reason = "wrong refunds" };
        await t.WriteAsync("w", "pause", "paused", 0, pause).ConfigureAwait(false);
        Expect.That(!await t.WriteAsync("w", "pause", "paused", 0, pause with { Reason = "again" }).ConfigureAwait(false), "A stale write was taken.");
        await t.WriteAsync("w", "pause", "", 1, new WorkflowResumed { Workflow = "w", Actor = "owner" }).ConfigureAwait(false);
        await t.WriteAsync("w", "other", "x", 0).ConfigureAwait(false);
        var journal = await t.JournalAsync().ConfigureAwait(false);
        Expect.Sequence(["WorkflowPaused", "WorkflowResumed"], journal.Select(entry => entry.GetType().Name), "Entries");
        Expect.Sequence([1L, 2], journal.Select(entry => entry.Version), "Versions");
        Expect.That(journal[0] is WorkflowPaused { Workflow: "w", Actor: "owner", Reason: "wrong refunds", DecisionId.IsEmpty: true }, "The entry is not the one that was written.");
        Expect.Equal(t.Now, journal[0].At, "When, by the store's clock");
    }

    private static async Task Entries_of_two_documents_are_both_kept(StateTrial t)
    {
        // Entries are known by workflow, decision and version: with each document's own version, the second of these would pass for the first.
        await t.WriteAsync("w", "pause", "paused", 0, new WorkflowPaused { Workflow = "w", Reason = "first" }).ConfigureAwait(false);
        await t.WriteAsync("w", "other", "paused", 0, new WorkflowPaused { Workflow = "w", Reason = "second" }).ConfigureAwait(false);
        await t.WriteAsync("v", "pause", "paused", 0, new WorkflowPaused { Workflow = "v", Reason = "third" }).ConfigureAwait(false);
        var journal = await t.JournalAsync().ConfigureAwait(false);
        Expect.Sequence(["first", "second", "third"], journal.OfType<WorkflowPaused>().Select(entry => entry.Reason), "Entries");
        Expect.Sequence([1L, 2, 1], journal.Select(entry => entry.Version), "Versions, without gaps in each workflow's own stream");
    }

    private static async Task Several_documents_and_entries_are_written_together_or_not_at_all(StateTrial t)
    {
        JournalEntry[] entries = [new WorkflowPaused { Workflow = "w", Reason = "first" }, new WorkflowPaused { Workflow = "w", Reason = "second" }, new WorkflowPaused { Workflow = "v", Reason = "third" }];
        await t.WriteAsync("w", "a", "1", 0).ConfigureAwait(false);
        Expect.That(!await t.WriteAsync([new("w", "b", "1", 0), new("w", "a", "2", 0)], entries).ConfigureAwait(false), "A write was taken though one of its documents was stale.");
        Expect.That(await t.ReadAsync("w", "b").ConfigureAwait(false) is null, "Half of a refused write was done.");
        Expect.Equal(0, (await t.JournalAsync().ConfigureAwait(false)).Count, "Entries of a refused write");
        Expect.That(await t.WriteAsync([new("w", "b", "1", 0), new("w", "a", "2", 1)], entries).ConfigureAwait(false), "A sound write was refused.");
        Expect.Equal((new StateDocument("1", 1), new StateDocument("2", 2)), (await t.ReadAsync("w", "b").ConfigureAwait(false), await t.ReadAsync("w", "a").ConfigureAwait(false)), "The documents");
        Expect.Sequence([("w", 1L), ("w", 2), ("v", 1)], (await t.JournalAsync().ConfigureAwait(false)).Select(entry => (entry.Workflow, entry.Version)), "Entries, each in its workflow's own stream");
    }

    private static async Task Entries_are_journaled_without_a_document_too(StateTrial t)
    {
        Expect.That(await t.WriteAsync([], [new LooseningAnswered { Workflow = "w", Actor = "owner", ChangeId = "1-1", Approved = true }]).ConfigureAwait(false), "A write of entries alone was refused.");
        Expect.Sequence(["LooseningAnswered"], (await t.JournalAsync().ConfigureAwait(false)).Select(entry => entry.GetType().Name), "Entries");
    }

    private static async Task A_reopened_state_holds_its_documents(StateTrial t)
    {
        await t.WriteAsync("", "audit-key", "k", 0).ConfigureAwait(false);
        await t.WriteAsync("w", "pause", "paused", 0, new WorkflowPaused { Workflow = "w", Reason = "wrong refunds" }).ConfigureAwait(false);
        await t.ReopenAsync().ConfigureAwait(false);
        Expect.Equal(new StateDocument("k", 1), await t.ReadAsync("", "audit-key").ConfigureAwait(false), "The document");
        Expect.That(!await t.WriteAsync("", "audit-key", "other", 0).ConfigureAwait(false), "An existing document was created again.");
        Expect.That(await t.WriteAsync("w", "pause", "", 1, new WorkflowResumed { Workflow = "w" }).ConfigureAwait(false), "A write on the present version was refused.");
        Expect.Sequence([1L, 2], (await t.JournalAsync().ConfigureAwait(false)).Select(entry => entry.Version), "Versions");
    }
}
