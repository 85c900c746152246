using HumanLoop.Adapting;
using HumanLoop.Journaling;
using HumanLoop.Notifying;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Tests.Observing;

/// <summary>From reviewed outcomes to the threshold that decisions are judged by.</summary>
public sealed class LearningTests
{
    private static bool Sure(double confidence) => confidence >= 0.7;

    private static bool Never(double confidence) => false;

    [Fact]
    public async Task Everything_is_reviewed_until_outcomes_have_earned_a_threshold_and_then_the_sure_ones_go_straight_through()
    {
        await using var loop = new LearningLoop();

        var first = await loop.DecideAsync(200, Sure);
        var later = await loop.DecideAsync(1000, Sure);

        Assert.All(first, receipt => Assert.Equal("not_yet_earned", receipt.Route.Reason));
        var live = await loop.LiveAsync();
        Assert.True(live.IsEarned);
        Assert.InRange(live.Threshold.Value, 0.65, 0.95);
        Assert.Contains(later, receipt => receipt.Route.Kind == RouteKind.StraightThrough);
        Assert.Contains(later, receipt => receipt.Route.Kind == RouteKind.Audit);
        Assert.All(later.Where(receipt => receipt.Route.ActsAtOnce), receipt => Assert.True(receipt.Threshold.Admits(receipt.Confidence)));
        var changes = await loop.ChangesAsync();
        Assert.All(changes, changed => Assert.Equal(("earned", null), (changed.Change.Reason, changed.Change.Actor)));
        Assert.True(changes[0].Change.From.IsReviewEverything);
        Assert.Equal(live.Threshold, changes[^1].Change.To);
        Assert.Equal(changes.Count, loop.Loop.Log.Lines.Count(line => line.Id.Id == 60));
        Assert.Equal([.. changes.Select(changed => changed.Id)], changes.Select(changed => changed.Id).Distinct());
    }

    [Fact]
    public async Task A_model_that_is_often_wrong_is_never_let_through_and_the_gate_says_why()
    {
        await using var loop = new LearningLoop();

        var receipts = await loop.DecideAsync(600, confidence => (int)(confidence * 1_000) % 4 != 0);

        Assert.All(receipts, receipt => Assert.Equal(RouteKind.Review, receipt.Route.Kind));
        Assert.NotEmpty((await loop.LiveAsync()).WhyClosed);
        Assert.DoesNotContain(ThresholdReasons.TooFewOutcomes, (await loop.LiveAsync()).WhyClosed);
    }

    [Fact]
    public async Task The_start_of_a_process_says_why_it_is_closed_and_until_when()
    {
        await using var loop = new LearningLoop();
        for (var day = 0; day < 4; day++)
        {
            await loop.DecideAsync(25, Sure);
            loop.Loop.Clock.Advance(TimeSpan.FromDays(1));
        }

        await loop.StopAsync();
        await using var next = new LearningLoop(sharedWith: loop);
        await next.Loop.StartAsync();

        var said = Assert.Single(next.Loop.Log.Lines, line => line.Id.Id == 1).Text;
        Assert.Contains("reviewing everything (collecting_grid): 40 of 100 reviewed were wrong; goal: at most 5 % wrong, 95 % sure; forecast: opens after ", said, StringComparison.Ordinal);
        Assert.Contains("at 25 a day between ", said, StringComparison.Ordinal);
        Assert.Contains(" 2026", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_in_the_middle_changes_nothing()
    {
        await using var whole = new LearningLoop();
        await whole.DecideAsync(700, Sure);
        await whole.StopAsync();

        await using var begun = new LearningLoop();
        await begun.DecideAsync(350, Sure);
        await begun.StopAsync();
        await using var resumed = new LearningLoop(sharedWith: begun);
        await resumed.DecideAsync(350, Sure);
        await resumed.StopAsync();

        Assert.Equal((await whole.StandingAsync()).State.Save(), (await resumed.StandingAsync()).State.Save());
        Assert.Equal((await whole.ChangesAsync()).Select(changed => changed.Change), (await resumed.ChangesAsync()).Select(changed => changed.Change));
    }

    [Fact]
    public async Task A_crash_loses_nothing_that_was_learnt_and_repeats_no_change()
    {
        await using var crashed = new LearningLoop();
        await crashed.DecideAsync(260, Sure);
        await crashed.DecideAsync(300, Sure, learn: false);
        await crashed.LearnAsync();

        // Nothing was handed over and the last checkpoint is old: another process waits for the lease to be over.
        await using var next = new LearningLoop(sharedWith: crashed);
        await next.LearnAsync();
        Assert.Equal(crashed.Loop.Services.GetRequiredService<HumanLoop.Running.ProcessIdentity>().Name, (await ((IWorkflowState)next.Loop.Store).ReadAsync(TestLoop.Name, "evidence-writer"))!.Value);
        next.Loop.Clock.Advance(TimeSpan.FromSeconds(11));
        await next.LearnAsync();
        await next.StopAsync();

        await using var whole = new LearningLoop();
        await whole.DecideAsync(260, Sure);
        await whole.DecideAsync(300, Sure, learn: false);
        await whole.LearnAsync();
        await whole.StopAsync();
        Assert.Equal((await whole.StandingAsync()).State.Save(), (await next.StandingAsync()).State.Save());
        Assert.Equal((await whole.ChangesAsync()).Select(changed => changed.Change), (await next.ChangesAsync()).Select(changed => changed.Change));
    }

    [Fact]
    public async Task Two_processes_that_both_believe_to_be_the_writer_do_each_others_work_no_harm()
    {
        await using var first = new LearningLoop();
        await first.DecideAsync(230, Sure);
        await using var second = new LearningLoop(sharedWith: first);
        first.Loop.Clock.Advance(TimeSpan.FromSeconds(1));
        await second.LearnAsync();
        first.Loop.Clock.Advance(TimeSpan.FromSeconds(10));
        await second.LearnAsync();
        await second.DecideAsync(300, Sure, learn: false);

        // The first was asleep and still holds what it read before.
        await Task.WhenAll(first.LearnAsync(), second.LearnAsync());
        first.Loop.Clock.Advance(TimeSpan.FromSeconds(6));
        await Task.WhenAll(first.LearnAsync(), second.LearnAsync());
        await first.StopAsync();
        await second.StopAsync();

        var changes = await first.ChangesAsync();
        Assert.Equal(changes.Select(changed => changed.Id).Distinct(), changes.Select(changed => changed.Id));
        Assert.All(changes.Zip(changes.Skip(1)), pair => Assert.Equal(pair.First.Change.To, pair.Second.Change.From));
        await using var whole = new LearningLoop();
        await whole.DecideAsync(230, Sure);
        await whole.DecideAsync(300, Sure, learn: false);
        await whole.LearnAsync();
        Assert.Equal((await whole.ChangesAsync()).Select(changed => changed.Change.To), changes.Select(changed => changed.Change.To));
    }

    [Fact]
    public async Task Every_process_judges_by_what_one_of_them_has_learnt()
    {
        await using var writer = new LearningLoop();
        await using var other = new LearningLoop(sharedWith: writer);
        await other.AnswerAsync((await other.Loop.RouteAsync("first", 0.99)).DecisionId, true);
        await writer.DecideAsync(600, Sure);

        Assert.Equal(RouteKind.Review, (await other.Loop.RouteAsync("before", 0.99)).Route.Kind);
        await other.SweepAsync();

        Assert.True((await other.Loop.RouteAsync("after", 0.99)).Route.ActsAtOnce);
        Assert.Equal((await writer.LiveAsync()).Threshold, (await other.LiveAsync()).Threshold);
    }

    [Fact]
    public async Task When_the_checked_acts_go_wrong_the_threshold_closes_at_once_and_the_owner_is_told()
    {
        var told = new CollectingNotifier();
        await using var loop = new LearningLoop(loop: builder => builder.Services.AddSingleton<IReviewNotifier>(told));
        await loop.DecideAsync(700, Sure);
        Assert.True((await loop.LiveAsync()).IsEarned);

        await loop.DecideAsync(500, Never);

        var alarm = Assert.Single(await loop.ChangesAsync(), changed => changed.Change.Reason == "drift_alarm");
        Assert.True(alarm.Change.To.IsReviewEverything);
        Assert.Equal(2, alarm.Change.Epoch);
        Assert.Equal(RouteKind.Review, (await loop.RouteAsync(0.999)).Route.Kind);
        Assert.Single(loop.Loop.Log.Lines, line => line.Id.Id == 61 && line.Level == LogLevel.Error);
        Assert.Contains(told.Told, one => one is { Kind: NotificationKind.ThresholdAlarm, Recipient: "ops-lead@example.com" });
        Assert.Equal(2, (await loop.LiveAsync()).Epoch);
    }

    [Fact]
    public async Task A_declared_start_acts_at_once_and_every_act_is_checked_until_it_is_earned()
    {
        await using var loop = new LearningLoop(TestLoop.Settings(("Threshold:Start", "0.9")));

        var first = await loop.DecideAsync(40, Sure);

        Assert.All(first.Where(receipt => receipt.Confidence.Value >= 0.9), receipt => Assert.Equal((RouteKind.Audit, "declared_by_owner", 1.0), (receipt.Route.Kind, receipt.Route.Reason, receipt.AuditProbability)));
        Assert.All(first.Where(receipt => receipt.Confidence.Value < 0.9), receipt => Assert.Equal(RouteKind.Review, receipt.Route.Kind));
        Assert.Equal((new Threshold(0.9), false), ((await loop.LiveAsync()).Threshold, (await loop.LiveAsync()).IsEarned));
        Assert.Equal("declared_by_owner", (await loop.ChangesAsync())[0].Change.Reason);

        await loop.DecideAsync(800, Sure);
        Assert.True((await loop.LiveAsync()).IsEarned);
    }

    [Fact]
    public async Task An_alarm_closes_a_declared_start_too()
    {
        await using var loop = new LearningLoop(TestLoop.Settings(("Threshold:Start", "0.6")));

        await loop.DecideAsync(400, Never);

        Assert.Contains(await loop.ChangesAsync(), changed => changed.Change.Reason == "drift_alarm");
        Assert.True((await loop.LiveAsync()).Threshold.IsReviewEverything);
        Assert.Equal("not_yet_earned", (await loop.RouteAsync(0.99)).Route.Reason);
    }

    [Fact]
    public async Task Where_the_owner_approves_a_proposal_waits_and_nothing_moves_without_a_word()
    {
        var told = new CollectingNotifier();
        await using var loop = new LearningLoop(TestLoop.Settings(("Threshold:Loosening", "OwnerApproves")), loop: builder => builder.Services.AddSingleton<IReviewNotifier>(told));
        await loop.DecideAsync(600, Sure);

        var proposal = (await loop.LiveAsync()).ProposalId!;
        Assert.True((await loop.LiveAsync()).Threshold.IsReviewEverything);
        Assert.Contains(told.Told, one => one.Kind == NotificationKind.LooseningProposed);
        Assert.Equal(ThresholdResult.NotProposed, await loop.Loop.Control.ApproveLooseningAsync(TestLoop.Name, "9-9", "owner"));

        Assert.Equal(ThresholdResult.Recorded, await loop.Loop.Control.ApproveLooseningAsync(TestLoop.Name, proposal, "owner"));
        await loop.LearnAsync();

        var proposed = (await loop.ChangesAsync()).Single(changed => changed.Id == proposal);
        var approved = (await loop.ChangesAsync())[^1];
        Assert.Equal(("owner_approved", "owner", false, proposed.Change.To), (approved.Change.Reason, approved.Change.Actor, approved.Change.IsProposal, approved.Change.To));
        Assert.True((await loop.LiveAsync()).IsEarned);
        Assert.Null((await loop.LiveAsync()).ProposalId);
        Assert.Equal(ThresholdResult.NotProposed, await loop.Loop.Control.ApproveLooseningAsync(TestLoop.Name, proposal, "owner"));
    }

    [Fact]
    public async Task A_rejected_proposal_moves_nothing_and_is_on_record()
    {
        await using var loop = new LearningLoop(TestLoop.Settings(("Threshold:Loosening", "OwnerApproves")));
        await loop.DecideAsync(600, Sure);
        var proposal = (await loop.LiveAsync()).ProposalId!;

        Assert.Equal(ThresholdResult.Recorded, await loop.Loop.Control.RejectLooseningAsync(TestLoop.Name, proposal, "owner"));
        await loop.LearnAsync();

        Assert.Equal("owner_rejected", (await loop.ChangesAsync())[^1].Change.Reason);
        Assert.True((await loop.LiveAsync()).Threshold.IsReviewEverything);
    }

    [Fact]
    public async Task Advice_is_only_recorded()
    {
        await using var loop = new LearningLoop(TestLoop.Settings(("Threshold:Loosening", "Advise")));
        await loop.DecideAsync(600, Sure);

        Assert.All(await loop.ChangesAsync(), changed => Assert.True(changed.Change.IsProposal));
        Assert.NotEmpty(await loop.ChangesAsync());
        Assert.Equal(ThresholdResult.NotProposed, await loop.Loop.Control.ApproveLooseningAsync(TestLoop.Name, (await loop.LiveAsync()).ProposalId ?? "1-1", "owner"));
        Assert.Equal(RouteKind.Review, (await loop.RouteAsync(0.99)).Route.Kind);
    }

    [Fact]
    public async Task An_operator_may_force_a_stricter_threshold_and_a_looser_one_only_by_voiding_the_promise()
    {
        await using var loop = new LearningLoop();
        await loop.DecideAsync(800, Sure);
        var earned = (await loop.LiveAsync()).Threshold;
        var control = loop.Loop.Control;

        Assert.Equal(ThresholdResult.Recorded, await control.ForceThresholdAsync(TestLoop.Name, new(0.98), "owner", "audit week"));
        await loop.LearnAsync();
        Assert.Equal(new Threshold(0.98), (await loop.RouteAsync(0.99)).Threshold);
        await control.ReleaseThresholdAsync(TestLoop.Name, "owner", "it is over");
        await loop.LearnAsync();
        Assert.Equal(earned, (await loop.RouteAsync(0.99)).Threshold);

        Assert.Equal(ThresholdResult.WouldVoidGuarantee, await control.ForceThresholdAsync(TestLoop.Name, new(0.5), "owner", "hurry"));
        Assert.Equal(ThresholdResult.UnknownSegment, await control.ForceThresholdAsync(TestLoop.Name, new(0.99), "owner", "x", segment: "small"));
        Assert.Equal(ThresholdResult.Recorded, await control.ForceThresholdAsync(TestLoop.Name, new(0.5), "owner", "hurry", mayVoidGuarantee: true));
        await loop.LearnAsync();
        var receipt = await loop.RouteAsync(0.51);
        Assert.Equal((RouteKind.Audit, 1.0), (receipt.Route.Kind, receipt.AuditProbability));
        Assert.True((await loop.ChangesAsync())[^1].Change.GuaranteeVoid);
        Assert.True((await loop.LiveAsync()).IsGuaranteeVoid);
        Assert.Contains(loop.Loop.Log.Lines, line => line.Id.Id == 63);
    }

    [Fact]
    public async Task A_new_model_starts_again_while_the_old_one_keeps_what_it_earned()
    {
        await using var loop = new LearningLoop();
        await loop.DecideAsync(700, Sure, model: "m-1");
        Assert.True((await loop.RouteAsync(0.99, "m-1")).Route.ActsAtOnce);

        Assert.All(await loop.DecideAsync(20, Sure, model: "m-2"), receipt => Assert.Equal("not_yet_earned", receipt.Route.Reason));

        Assert.Equal("new_model", (await loop.ChangesAsync())[^1].Change.Reason);
        Assert.True((await loop.RouteAsync(0.99, "m-1")).Route.ActsAtOnce);
        await loop.DecideAsync(700, Sure, model: "m-2");
        Assert.True((await loop.RouteAsync(0.99, "m-2")).Route.ActsAtOnce);
    }

    [Fact]
    public async Task A_new_model_may_keep_the_threshold_with_every_act_checked()
    {
        await using var loop = new LearningLoop(TestLoop.Settings(("Threshold:OnNewModel", "KeepAndCheckAll")));
        await loop.DecideAsync(700, Sure, model: "m-1");
        var earned = (await loop.LiveAsync("m-1")).Threshold;

        for (var i = 0; i < 2; i++)
        {
            var receipt = await loop.RouteAsync(0.99, "m-2");
            Assert.Equal((RouteKind.Audit, "kept_from_other_model", 1.0, earned), (receipt.Route.Kind, receipt.Route.Reason, receipt.AuditProbability, receipt.Threshold));
            await loop.LearnAsync();
            loop.Loop.Clock.Advance(TimeSpan.FromSeconds(1));
            await loop.LearnAsync();
        }

        Assert.False((await loop.LiveAsync("m-2")).IsEarned);
    }

    [Fact]
    public async Task A_segment_that_is_added_later_starts_closed_and_resets_nobody()
    {
        await using var loop = new LearningLoop(TestLoop.Settings(("Scope:Segments:0", "small")));
        await loop.DecideAsync(700, Sure, segment: "small");
        var before = (await loop.LiveAsync()).Threshold;

        loop.Loop.Configuration[TestLoop.PathOf("Scope:Segments:1")] = "large";
        loop.Loop.Configuration.Reload();
        await loop.LearnAsync();
        await loop.LearnAsync();

        Assert.All(await loop.DecideAsync(20, Sure, segment: "large"), receipt => Assert.Equal("not_yet_earned", receipt.Route.Reason));
        Assert.True((await loop.RouteAsync(0.99, segment: "small")).Route.ActsAtOnce);
        Assert.Equal(before, (await loop.LiveAsync()).Threshold);
        await loop.DecideAsync(700, Sure, segment: "large");
        Assert.True((await loop.LiveAsync(segment: "large")).IsEarned);
        Assert.True((await loop.RouteAsync(0.99, segment: "large")).Route.ActsAtOnce);
    }

    [Fact]
    public async Task Each_segment_may_have_a_threshold_of_its_own()
    {
        await using var loop = new LearningLoop(TestLoop.Settings(("Threshold:Per", "Segment")));
        await loop.DecideAsync(500, Sure, segment: "good");
        await loop.DecideAsync(500, Never, segment: "bad");

        Assert.True((await loop.RouteAsync(0.99, segment: "good")).Route.ActsAtOnce);
        Assert.Equal("not_yet_earned", (await loop.RouteAsync(0.99, segment: "bad")).Route.Reason);
        Assert.Equal("not_yet_earned", (await loop.RouteAsync(0.99, segment: "unheard-of")).Route.Reason);
        Assert.True((await loop.LiveAsync(segment: "good")).IsEarned);
        Assert.True((await loop.LiveAsync(segment: "bad")).Threshold.IsReviewEverything);
    }

    [Fact]
    public async Task A_segment_whose_own_checks_give_the_alarm_is_closed_alone()
    {
        await using var loop = new LearningLoop();
        for (var i = 0; i < 12; i++)
        {
            await loop.DecideAsync(50, Sure, segment: "good");
            await loop.DecideAsync(10, Sure, segment: "bad");
        }

        for (var i = 0; i < 100 && !(await loop.ChangesAsync()).Any(changed => changed.Segment == "bad"); i++)
        {
            await loop.DecideAsync(60, Sure, segment: "good");
            await loop.DecideAsync(10, confidence => confidence < 0.7 || (int)(confidence * 10_000) % 4 != 0, segment: "bad");
        }

        var alarm = Assert.Single(await loop.ChangesAsync(), changed => changed.Change.Reason == "drift_alarm");
        Assert.Equal("bad", alarm.Segment);
        Assert.Equal("not_yet_earned", (await loop.RouteAsync(0.99, segment: "bad")).Route.Reason);
        Assert.True((await loop.RouteAsync(0.99, segment: "good")).Route.ActsAtOnce);
    }

    [Fact]
    public async Task A_verdict_that_is_corrected_from_right_to_wrong_withdraws_what_no_longer_stands()
    {
        await using var loop = new LearningLoop();
        await loop.DecideAsync(600, Sure);
        Assert.True((await loop.LiveAsync()).IsEarned);

        for (var n = 1; n <= 120; n++)
        {
            await loop.Loop.Router.RecordOutcomeAsync($"d-{n}", new DecisionOutcome(false) { ReportedBy = "chargebacks" });
        }

        await loop.LearnAsync();

        Assert.Contains(await loop.ChangesAsync(), changed => changed.Change.Reason == "verdict_corrected");
        Assert.True((await loop.LiveAsync()).Threshold.IsReviewEverything);
    }

    [Fact]
    public async Task An_outcome_of_a_decision_that_nobody_had_drawn_is_no_evidence()
    {
        await using var loop = new LearningLoop();
        var receipts = await loop.DecideAsync(800, Sure);
        await loop.StopAsync();
        var before = (await loop.StandingAsync()).State.Save();
        foreach (var receipt in receipts.Where(receipt => receipt.Route.Kind == RouteKind.StraightThrough))
        {
            await loop.Loop.Router.RecordOutcomeAsync(receipt.DecisionId, new DecisionOutcome(false));
        }

        await loop.LearnAsync();
        loop.Loop.Clock.Advance(TimeSpan.FromSeconds(6));
        await loop.LearnAsync();

        Assert.Equal(before, (await loop.StandingAsync()).State.Save());
    }

    [Fact]
    public async Task A_verdict_counts_when_it_can_no_longer_be_taken_back()
    {
        await using var loop = new LearningLoop(TestLoop.Settings(("Review:UndoWindow", "00:00:30")));
        await loop.DecideAsync(30, Sure);
        await loop.StopAsync();
        Assert.Equal((30, 0L), ((await loop.LiveAsync()).Waiting, (await loop.LiveAsync()).Evidence.Outcomes));

        Assert.True((await loop.Loop.Desk.UndoAsync(TestLoop.Review("d-1"), (await loop.Loop.ItemAsync("d-1")).Revision, "ana")).IsApplied);
        loop.Loop.Clock.Advance(TimeSpan.FromSeconds(31));
        await loop.SweepAsync();
        await loop.LearnAsync();
        await loop.StopAsync();

        Assert.Equal((30, 0L), ((await loop.LiveAsync()).Waiting, (await loop.LiveAsync()).Evidence.Outcomes));
        await loop.AnswerAsync("d-1", false);
        loop.Loop.Clock.Advance(TimeSpan.FromSeconds(31));
        await loop.SweepAsync();
        await loop.LearnAsync();
        await loop.StopAsync();
        Assert.Equal((0, 30L), ((await loop.LiveAsync()).Waiting, (await loop.LiveAsync()).Evidence.Outcomes));
        Assert.Equal(1 + Enumerable.Range(2, 29).Count(n => !Sure(LearningLoop.Spread(n))), (await loop.LiveAsync()).Evidence.Errors);
    }

    [Fact]
    public async Task An_answer_that_is_missing_past_its_deadline_counts_as_wrong_until_it_comes()
    {
        await using var loop = new LearningLoop(TestLoop.Settings(("Threshold:EvidenceDeadline", "1.00:00:00")));
        var late = await loop.RouteAsync(0.99);
        await loop.DecideAsync(10, Sure);
        loop.Loop.Clock.Advance(TimeSpan.FromDays(1));
        await loop.SweepAsync();
        await loop.LearnAsync();
        await loop.StopAsync();
        var overdue = (await loop.LiveAsync()).Evidence;
        Assert.Equal((11L, 1L), (overdue.Outcomes, overdue.Overdue));

        // Another process, which has to look up what the late answer is about.
        await using var next = new LearningLoop(TestLoop.Settings(("Threshold:EvidenceDeadline", "1.00:00:00")), sharedWith: loop);
        await next.AnswerAsync(late.DecisionId, true);
        await next.LearnAsync();
        await next.StopAsync();

        var answered = (await next.LiveAsync()).Evidence;
        Assert.Equal((11L, 0L, overdue.Errors - 1), (answered.Outcomes, answered.Overdue, answered.Errors));
    }

    [Fact]
    public async Task Another_goal_in_the_settings_starts_again_and_a_bound_does_not()
    {
        await using var loop = new LearningLoop();
        await loop.DecideAsync(700, Sure);
        var earned = (await loop.LiveAsync()).Threshold;

        loop.Loop.Configuration[TestLoop.PathOf("Threshold:NeverBelow")] = "0.97";
        loop.Loop.Configuration.Reload();
        Assert.Equal(new Threshold(0.97), (await loop.RouteAsync(0.99)).Threshold);
        await loop.LearnAsync();
        Assert.Equal(new Threshold(0.97), (await loop.LiveAsync()).Threshold);
        Assert.True((await loop.LiveAsync()).IsEarned);
        loop.Loop.Configuration[TestLoop.PathOf("Threshold:NeverBelow")] = "0";
        loop.Loop.Configuration.Reload();
        await loop.LearnAsync();
        Assert.Equal(earned, (await loop.LiveAsync()).Threshold);

        loop.Loop.Configuration[TestLoop.PathOf("Threshold:MaxErrorRate")] = "0.02";
        loop.Loop.Configuration.Reload();
        await loop.LearnAsync();
        Assert.True((await loop.LiveAsync()).Threshold.IsReviewEverything);
        Assert.Equal("new_goal", (await loop.ChangesAsync())[^1].Change.Reason);
    }

    [Fact]
    public async Task Reading_the_journal_again_gives_the_same_changes_and_the_same_state()
    {
        await using var loop = new LearningLoop(TestLoop.Settings(("Threshold:Loosening", "OwnerApproves")));
        await loop.DecideAsync(500, Sure);
        await loop.Loop.Control.ApproveLooseningAsync(TestLoop.Name, (await loop.LiveAsync()).ProposalId!, "owner");
        await loop.LearnAsync();
        await loop.DecideAsync(300, Sure);
        await loop.Loop.Router.RecordOutcomeAsync("d-7", new DecisionOutcome(false));
        await loop.Loop.Control.ForceThresholdAsync(TestLoop.Name, new(0.99), "owner", "audit week");
        await loop.DecideAsync(500, Never);
        await loop.StopAsync();

        var store = loop.Loop.Store;
        var again = new WorkflowLearning(TestLoop.Name, settings => ThresholdControllers.Create(settings, null));
        var changes = new List<ThresholdChange>();
        var records = await store.ReadAsync(0, int.MaxValue, CancellationToken.None);
        foreach (var record in records.Where(record => record.Entry.Workflow == TestLoop.Name))
        {
            again.Apply(record);
            while (again.ToRecount is { } group)
            {
                group.Recount(WorkflowLearning.Counted(group, records.Where(one => one.Position > group.EpochSince && one.Position <= record.Position)));
            }

            changes.AddRange(again.ToCommit(null, 0).Entries.OfType<ThresholdChanged>().Select(changed => changed.Change));
            again.Committed();
        }

        Assert.Equal((await loop.ChangesAsync()).Select(changed => changed.Change), changes);
        Assert.Equal((await loop.StandingAsync()).State.Save(), again.Groups[0].State.Save());
    }

    [Fact]
    public async Task Other_policies_move_the_threshold_by_their_own_rules()
    {
        foreach (var (policy, key, value) in new[] { ("Streak", "Streak", "20"), ("Wilson", "Window", "200"), ("Cost", "CostOfError", "10") })
        {
            await using var loop = new LearningLoop(TestLoop.Settings(("Threshold:Policy", policy == "Cost" ? "CostOptimal" : policy), ($"Threshold:{key}", value), ("Threshold:CostOfReview", "1")));
            var receipts = await loop.DecideAsync(1500, Sure);

            Assert.Contains(receipts, receipt => receipt.Route.ActsAtOnce);
            Assert.Equal(policy, (await loop.LiveAsync()).Policy.Split('-')[0], ignoreCase: true);
            Assert.All(await loop.ChangesAsync(), changed => Assert.Equal(policy != "Cost", changed.Change.GuaranteeVoid));
        }
    }

    [Fact]
    public async Task An_application_may_bring_a_controller_of_its_own()
    {
        await using var loop = new LearningLoop(workflow: refund => refund.UseThreshold<EagerThreshold>());
        await loop.DecideAsync(100, Sure);

        Assert.Equal(("eager", new Threshold(0.6)), ((await loop.LiveAsync()).Policy, (await loop.LiveAsync()).Threshold));
        Assert.True((await loop.RouteAsync(0.6)).Route.ActsAtOnce);
    }

    [Fact]
    public async Task When_a_controller_that_learnt_is_gone_everything_is_reviewed_and_the_log_says_why()
    {
        await using var own = new LearningLoop(workflow: refund => refund.UseThreshold<EagerThreshold>());
        await own.DecideAsync(100, Sure);
        await own.StopAsync();
        await using var without = new LearningLoop(sharedWith: own);

        var receipts = await without.DecideAsync(50, Sure);

        Assert.All(receipts, receipt => Assert.Equal("not_yet_earned", receipt.Route.Reason));
        Assert.Contains("the threshold policy 'eager', which is not registered here", Assert.Single(without.Loop.Log.Lines, line => line.Id.Id == 65).Text, StringComparison.Ordinal);
        await using var again = new LearningLoop(sharedWith: without, workflow: refund => refund.UseThreshold<EagerThreshold>());
        without.Loop.Clock.Advance(TimeSpan.FromSeconds(11));
        await again.DecideAsync(1, Sure);
        Assert.True((await again.RouteAsync(0.99)).Route.ActsAtOnce);
    }

    private sealed class EagerThreshold : IThresholdController
    {
        private readonly FixedThreshold _fixed = new(new(0.6));

        public string Policy => "eager";

        public ThresholdState Start(ThresholdGoal goal) => _fixed.Start(goal);

        public ThresholdStep Next(ThresholdState state, in ThresholdObservation observation) => _fixed.Next(state, observation);

        public ThresholdStep Recount(ThresholdState state, IEnumerable<ThresholdObservation> counted) => _fixed.Recount(state, counted);

        public ThresholdState Load(string json) => _fixed.Load(json);
    }
}
