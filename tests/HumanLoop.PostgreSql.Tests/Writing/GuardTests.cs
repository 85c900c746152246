using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql.Tests;

/// <summary>The store's guards, left out one at a time. The same story must end well with it and badly without it, or the story proves nothing.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class GuardTests
{
    private readonly string _schema = Server.NewSchema();
    private Statements _statements = new("unused");

    public static TheoryData<bool> WithAndWithout => [true, false];

    [PostgresTheory, MemberData(nameof(WithAndWithout))]
    public async Task Of_two_verdicts_at_once_one_is_applied_because_the_item_is_locked_before_it_is_judged(bool guarded)
    {
        Leave(guarded, sound => new(_schema) { Lock = Without(sound.Lock, "FOR NO KEY UPDATE") });
        await using var one = Open();
        await using var other = Open();
        await one.EnqueueAsync(Work.Review("a"));
        await other.GetAsync("refund", "a");
        await using var held = await Held.BeginAsync($"SELECT 1 FROM {_schema}.item FOR UPDATE");
        var verdicts = new[] { one.ApplyAsync(Work.Verdict("a", "ann"), null).AsTask(), other.ApplyAsync(Work.Verdict("a", "bob", VerdictKind.Rejected), null).AsTask() };
        await Held.WaitersAsync(2);
        await held.ReleaseAsync();
        Assert.Equal(guarded ? 1 : 2, (await Task.WhenAll(verdicts)).Count(verdict => verdict.IsApplied));
    }

    [PostgresTheory, MemberData(nameof(WithAndWithout))]
    public async Task A_verdict_from_before_the_lease_was_lost_is_refused_because_its_revision_is_compared(bool guarded)
    {
        await using var store = Server.Open(_schema, TimeProvider.System);
        await store.EnqueueAsync(Work.Review("a"));
        var held = Assert.Single(await store.ClaimAsync(Work.Claim("ann") with { Lease = TimeSpan.FromMilliseconds(1) }));
        while ((await store.SweepAsync(Work.Sweep())).Entries.Count == 0)
        {
            await Task.Yield();
        }

        var late = await store.ApplyAsync(Work.Verdict("a", "ann") with { NeedsLease = false }, guarded ? held.Revision : null);
        Assert.Equal(guarded ? TransitionStatus.StaleRevision : TransitionStatus.Applied, late.Status);
    }

    [PostgresTheory, MemberData(nameof(WithAndWithout))]
    public async Task What_happened_to_an_id_stays_when_it_is_recorded_again_because_a_known_id_is_left_alone(bool guarded)
    {
        Leave(guarded, sound => new(_schema) { Enqueue = Without(sound.Enqueue, "DO NOTHING", "DO UPDATE SET state = excluded.state, facts = excluded.facts") });
        await using var store = Open();
        await store.EnqueueAsync(Work.Review("a"));
        await store.ClaimAsync(Work.Claim("ann"));
        await store.EnqueueAsync([Work.Review("a")]);
        Assert.Equal(guarded, (await store.GetAsync("refund", "a"))!.State == DecisionState.Claimed);
    }

    [PostgresTheory, MemberData(nameof(WithAndWithout))]
    public async Task A_claim_waits_for_nobody_because_it_passes_over_what_others_hold(bool guarded)
    {
        Leave(guarded, sound => new(_schema) { Take = Without(sound.Take, " SKIP LOCKED") });
        await using var store = Open();
        await store.EnqueueAsync([Work.Review("a"), Work.Review("b")]);
        await store.ClaimAsync(Work.Claim("ann") with { Workflows = ["another"] });
        await using var held = await Held.BeginAsync($"SELECT 1 FROM {_schema}.item WHERE decision = 'a' FOR UPDATE");
        var claim = store.ClaimAsync(Work.Claim("ann")).AsTask();
        var ended = await Task.WhenAny(claim, guarded ? Task.Delay(TimeSpan.FromSeconds(20)) : Held.WaitersAsync(1));
        Assert.Equal(guarded, ended == claim);
        await held.ReleaseAsync();
        Assert.Equal(guarded ? "b" : "a", Assert.Single(await claim).DecisionId);
    }

    [PostgresTheory, MemberData(nameof(WithAndWithout))]
    public async Task A_sweep_waits_for_nobody_because_it_passes_over_what_others_hold(bool guarded)
    {
        Leave(guarded, sound => new(_schema) { WokenIds = Without(sound.WokenIds, " SKIP LOCKED") });
        await using var store = Open();
        await store.EnqueueAsync([Work.Review("a"), Work.Review("b")]);
        Assert.Equal(2, (await store.ClaimAsync(Work.Claim("ann", 2) with { Lease = TimeSpan.FromMilliseconds(1) })).Count);
        await Task.Delay(10);
        await using var held = await Held.BeginAsync($"SELECT 1 FROM {_schema}.item WHERE decision = 'a' FOR UPDATE");
        var sweep = store.SweepAsync(Work.Sweep()).AsTask();
        var ended = await Task.WhenAny(sweep, guarded ? Task.Delay(TimeSpan.FromSeconds(20)) : Held.WaitersAsync(1));
        Assert.Equal(guarded, ended == sweep);
        await held.ReleaseAsync();
        Assert.Equal(guarded ? 1 : 2, (await sweep).Entries.Count);
    }

    [PostgresTheory, MemberData(nameof(WithAndWithout))]
    public async Task A_reader_misses_nothing_that_is_committed_late_because_it_reads_up_to_the_oldest_open_writer(bool guarded)
    {
        Leave(guarded, sound => new(_schema) { JournalWriters = Without(sound.JournalWriters, "AND granted", "AND false") });
        await using var store = Open();
        await store.EnqueueAsync(Work.Review("a"));
        Assert.Single(await store.ReadAsync(0, 10));
        await using var held = await Held.BeginAsync();
        await store.Transactions.EnlistAsync(held.Transaction, Work.Review("early position, late commit"));
        await store.EnqueueAsync(Work.Review("b"));
        var before = await store.ReadAsync(0, 10);
        await held.ReleaseAsync();
        var after = await store.ReadAsync(before[^1].Position, 10);
        Assert.Equal(guarded, before.Concat(after).Any(record => record.Entry.DecisionId == "early position, late commit"));
    }

    [PostgresTheory, MemberData(nameof(WithAndWithout))]
    public async Task A_verdict_whose_commit_was_not_answered_is_applied_because_the_journal_is_asked_before_it_is_repeated(bool guarded)
    {
        Leave(guarded, sound => new(_schema) { ReadStream = Without(sound.ReadStream, "workflow = $1", "workflow = -$1") });
        await using var store = Open();
        await store.EnqueueAsync(Work.Review("a"));
        Task<TransitionResult> verdict;
        try
        {
            // The commit is done and waits for a standby that does not exist; there the line is cut.
            Server.Cluster.Execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
            Server.Cluster.Execute("SELECT pg_reload_conf()");
            await Task.Delay(500);
            verdict = store.ApplyAsync(Work.Verdict("a", "ann"), null).AsTask();
            await Held.WaitersAsync(1, "wait_event = 'SyncRep'");
            Server.Cluster.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
        }
        finally
        {
            Server.Cluster.Execute("ALTER SYSTEM RESET synchronous_standby_names");
            Server.Cluster.Execute("SELECT pg_reload_conf()");
        }

        Assert.Equal(guarded ? TransitionStatus.Applied : TransitionStatus.AlreadyDecided, (await verdict).Status);
    }

    [PostgresTheory, MemberData(nameof(WithAndWithout))]
    public async Task A_queue_with_one_place_takes_one_because_those_who_fill_it_take_turns(bool guarded)
    {
        Leave(guarded, sound => new(_schema) { LockWorkflows = Without(sound.LockWorkflows, "FOR NO KEY UPDATE") });
        await using var one = Open();
        await using var other = Open();
        await one.EnqueueAsync(Work.Review("first"));
        await one.ApplyAsync(Work.Verdict("first", "ann"), null);
        await other.GetAsync("refund", "first");
        await using var held = await Held.BeginAsync($"LOCK TABLE {_schema}.item IN SHARE MODE");
        var both = new[] { one.EnqueueAsync([Work.Review("a") with { MaxPending = 1 }]).AsTask(), other.EnqueueAsync([Work.Review("b") with { MaxPending = 1 }]).AsTask() };
        await Held.WaitersAsync(2);
        await held.ReleaseAsync();
        Assert.Equal(guarded ? 1 : 2, (await Task.WhenAll(both)).Count(results => results[0].Status == RoutingStatus.Recorded));
    }

    [PostgresTheory, MemberData(nameof(WithAndWithout))]
    public async Task Of_two_who_write_the_same_version_one_is_refused_because_they_take_turns(bool guarded)
    {
        Leave(guarded, sound => new(_schema) { LockWorkflows = Without(sound.LockWorkflows, "FOR NO KEY UPDATE") });
        await using var one = Open();
        await using var other = Open();
        Assert.True(await one.WriteAsync([new("refund", "threshold", "0", 0)], []));
        await other.ReadAsync("refund", "threshold");
        await using var held = await Held.BeginAsync($"LOCK TABLE {_schema}.state IN SHARE MODE");
        var both = new[] { one.WriteAsync([new("refund", "threshold", "1", 1)], []).AsTask(), other.WriteAsync([new("refund", "threshold", "2", 1)], []).AsTask() };
        await Held.WaitersAsync(2);
        await held.ReleaseAsync();
        Assert.Equal(guarded ? 1 : 2, (await Task.WhenAll(both)).Count(written => written));
    }

    [PostgresTheory, MemberData(nameof(WithAndWithout))]
    public async Task An_entry_that_is_appended_again_is_there_once_because_what_is_there_is_left_out(bool guarded)
    {
        Leave(guarded, sound => new(_schema) { Append = Without(sound.Append, "WHERE NOT EXISTS", "WHERE true OR NOT EXISTS") });
        await using var store = Open();
        JournalEntry[] entries = [Work.Review("a").Routed with { Version = 1, At = store.StoreNow }];
        await store.AppendAsync(entries);
        await store.AppendAsync(entries);
        Assert.Equal(guarded ? 1 : 2, (await store.StreamAsync("a")).Count);
    }

    [PostgresTheory, MemberData(nameof(WithAndWithout))]
    public async Task Every_change_is_told_because_the_journal_is_written_with_it(bool guarded)
    {
        Leave(guarded, sound => new(_schema) { Journal = Without(sound.Journal, "AS t(at, workflow, decision, version, body)", "AS t(at, workflow, decision, version, body) WHERE false") });
        await using var store = Open();
        await store.EnqueueAsync(Work.Review("a"));
        await store.ApplyAsync(Work.Verdict("a", "ann"), null);
        var (item, story) = ((await store.GetAsync("refund", "a"))!, await store.StreamAsync("a"));
        Assert.Equal(guarded, item.Version == story.Count);
    }

    [PostgresFact]
    public async Task A_change_whose_entry_cannot_be_written_does_not_happen()
    {
        Leave(guarded: true, sound => sound);
        await using var store = Open();
        await store.EnqueueAsync(Work.Review("a"));
        Server.Cluster.Execute($"CREATE FUNCTION {_schema}.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'");
        Server.Cluster.Execute($"CREATE TRIGGER refuse BEFORE INSERT ON {_schema}.journal FOR EACH ROW EXECUTE FUNCTION {_schema}.refuse()");
        await Assert.ThrowsAsync<StoreException>(async () => await store.ApplyAsync(Work.Verdict("a", "ann"), null));
        await Assert.ThrowsAsync<StoreException>(async () => await store.EnqueueAsync([Work.Review("b")]));
        Assert.Equal(DecisionState.Pending, (await store.GetAsync("refund", "a"))!.State);
        Assert.Null(await store.GetAsync("refund", "b"));
    }

    [PostgresTheory, MemberData(nameof(WithAndWithout))]
    public async Task A_process_that_comes_while_another_makes_the_tables_finds_them_because_it_waits(bool guarded)
    {
        Leave(guarded, sound => new(_schema) { LockSchema = Without(sound.LockSchema, "pg_advisory_xact_lock", "abs") });
        await using var held = await Held.BeginAsync(new Statements(_schema).LockSchema, Schema.Script(_schema, 0));
        await using var store = Open();
        var recorded = store.EnqueueAsync([Work.Review("a")]).AsTask();
        await Held.WaitersAsync(1);
        await held.ReleaseAsync();
        if (guarded)
        {
            Assert.Equal(RoutingStatus.Recorded, (await recorded)[0].Status);
        }
        else
        {
            await Assert.ThrowsAsync<StoreException>(() => recorded);
        }
    }

    /// <summary>A statement without its guard. A guard that is no longer written so is a switch that does nothing, and is told.</summary>
    private static string Without(string statement, string guard, string instead = "")
    {
        Assert.Contains(guard, statement, StringComparison.Ordinal);
        return statement.Replace(guard, instead, StringComparison.Ordinal);
    }

    private void Leave(bool guarded, Func<Statements, Statements> without)
    {
        var sound = new Statements(_schema);
        _statements = guarded ? sound : without(sound);
    }

    private PostgreSqlStore Open() => Server.Open(_schema, TimeProvider.System, options => (options.Statements, options.WakeOthers) = (_statements, false));
}
