using System.Text;
using System.Text.Json.Nodes;
using HumanLoop.Adapting;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.ControllerTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>A controller that the loop can rely on: pure, replayable, and quick to tighten.</summary>
internal static class ControllerCases
{
    private const int Long = 1_500;
    private const int MostBytes = 16 * 1024;

    public static IEnumerable<Promise<ControllerTrial>> All =>
    [
        Of(A_state_starts_at_the_first_epoch_with_its_goal),
        Of(A_goal_that_cannot_be_is_refused),
        Of(The_same_observations_give_the_same_states_and_changes),
        Of(Saving_and_loading_in_the_middle_changes_nothing),
        Of(Two_states_do_not_influence_each_other),
        Of(What_is_no_evidence_counts_nowhere),
        Of(Decisions_of_another_epoch_count_nowhere),
        Of(Changes_tell_what_was_in_force_before_and_after),
        Of(A_change_says_why_for_which_goal_and_in_which_epoch),
        Of(A_stricter_threshold_is_in_force_at_once_and_until_it_is_taken_back),
        Of(A_looser_threshold_needs_leave_and_voids_the_promise),
        Of(The_hard_bound_is_kept),
        Of(Another_goal_is_in_force_at_once),
        Of(An_answer_that_only_arrived_loosens_nothing),
        Of(Counting_again_loosens_nothing),
        Of(Another_epoch_begins_when_one_ends),
        Of(What_is_no_state_is_not_loaded),
        Of(A_damaged_state_is_refused_as_such),
        Of(A_state_is_small),
    ];

    private static Task A_state_starts_at_the_first_epoch_with_its_goal(ControllerTrial t)
    {
        var state = t.New().Start(ControllerTrial.Goal);
        Expect.Equal(1, state.Epoch, "The first epoch");
        Expect.Equal(ControllerTrial.Goal, state.Goal, "The goal");
        Expect.That(!state.IsEarned, "A threshold is earned before anything was observed.");
        Expect.That(!string.IsNullOrWhiteSpace(t.New().Policy), "The policy has no name.");
        return Task.CompletedTask;
    }

    private static Task A_goal_that_cannot_be_is_refused(ControllerTrial t)
    {
        Refused<ArgumentException>(() => t.New().Start(ControllerTrial.Goal with { MaxErrorRate = 5 }), "MaxErrorRate 5");
        Refused<ArgumentException>(() => t.New().Start(ControllerTrial.Goal with { AuditBudget = 0 }), "AuditBudget 0");
        var later = ControllerTrial.Begin(t.New());
        Refused<ArgumentException>(() => later.Observe(ThresholdObservation.GoalSet(ControllerTrial.Goal with { Risk = 0 })), "Risk 0, set later,");
        return Task.CompletedTask;
    }

    private static Task The_same_observations_give_the_same_states_and_changes(ControllerTrial t)
    {
        var (one, other) = (ControllerTrial.Begin(t.New()), ControllerTrial.Begin(t.New()));
        Expect.Sequence(ControllerTrial.Run(one, 1, Long), ControllerTrial.Run(other, 1, Long), "Changes");
        Expect.Equal(one.State.Save(), other.State.Save(), "States");
        return Task.CompletedTask;
    }

    private static Task Saving_and_loading_in_the_middle_changes_nothing(ControllerTrial t)
    {
        var (whole, parted) = (ControllerTrial.Begin(t.New()), ControllerTrial.Begin(t.New()));
        var changes = ControllerTrial.Run(whole, 1, Long);
        var resumed = new List<ThresholdChange>();
        foreach (var part in Enumerable.Range(0, 6))
        {
            resumed.AddRange(ControllerTrial.Run(parted, 1 + (part * Long / 6), Long / 6));
            parted = EvidenceSequencer.Load(t.New(), parted.Save());
        }

        Expect.Sequence(changes, resumed, "Changes");
        Expect.Equal(whole.State.Save(), parted.State.Save(), "States");
        Expect.Equal(whole.State.Snapshot, parted.State.Snapshot, "What is in force");
        return Task.CompletedTask;
    }

    private static Task Two_states_do_not_influence_each_other(ControllerTrial t)
    {
        var controller = t.New();
        var (one, other) = (ControllerTrial.Begin(controller), ControllerTrial.Begin(controller));
        var alone = ControllerTrial.Begin(t.New());
        for (var n = 1; n <= Long; n++)
        {
            ControllerTrial.Run(one, n, 1);
            other.Observe(ThresholdObservation.OutcomeCounted(ControllerTrial.Decide(other.State, n), wasRight: false));
        }

        ControllerTrial.Run(alone, 1, Long);
        Expect.Equal(alone.State.Save(), one.State.Save(), "A state beside another, and one alone");
        return Task.CompletedTask;
    }

    private static Task What_is_no_evidence_counts_nowhere(ControllerTrial t)
    {
        var sequencer = ControllerTrial.Begin(t.New());
        ControllerTrial.Run(sequencer, 1, Long);
        var (threshold, outcomes) = (sequencer.State.Threshold, sequencer.State.Evidence.Outcomes);
        for (var n = Long + 1; n <= Long + 200; n++)
        {
            var decision = ControllerTrial.Decide(sequencer.State, n) with { IsDrawn = true };
            foreach (var none in new[] { decision with { IsEligible = false }, decision with { Confidence = Confidence.Unusable }, decision with { Confidence = double.NaN } })
            {
                sequencer.Observe(ThresholdObservation.DecisionRecorded(none));
                sequencer.Observe(ThresholdObservation.OutcomeArrived(none, wasRight: true));
                sequencer.Observe(ThresholdObservation.OutcomeCounted(none, wasRight: true));
            }
        }

        Expect.Equal((threshold, outcomes), (sequencer.State.Threshold, sequencer.State.Evidence.Outcomes), "Threshold and outcomes");
        return Task.CompletedTask;
    }

    private static Task Decisions_of_another_epoch_count_nowhere(ControllerTrial t)
    {
        var sequencer = ControllerTrial.Begin(t.New());
        ControllerTrial.Run(sequencer, 1, Long);
        var before = sequencer.State.Save();
        for (var n = Long + 1; n <= Long + 200; n++)
        {
            var decision = ControllerTrial.Decide(sequencer.State, n) with { IsDrawn = true, Epoch = sequencer.State.Epoch + (n % 2 == 0 ? 1 : -1) };
            sequencer.Observe(ThresholdObservation.DecisionRecorded(decision));
            sequencer.Observe(ThresholdObservation.OutcomeArrived(decision, wasRight: false));
            sequencer.Observe(ThresholdObservation.OutcomeCounted(decision, wasRight: false));
        }

        Expect.Equal(before, sequencer.State.Save(), "The state");
        return Task.CompletedTask;
    }

    private static Task Changes_tell_what_was_in_force_before_and_after(ControllerTrial t)
    {
        var sequencer = ControllerTrial.Begin(t.New());
        var before = sequencer.State.Threshold;
        for (var n = 1; n <= Long; n++)
        {
            foreach (var change in ControllerTrial.Run(sequencer, n, 1).Where(change => !change.IsProposal))
            {
                Expect.Equal(before, change.From, $"The threshold before change '{change.Reason}'");
                before = change.To;
            }

            Expect.Equal(before, sequencer.State.Threshold, $"The threshold in force after decision {n}");
        }

        return Task.CompletedTask;
    }

    private static Task A_change_says_why_for_which_goal_and_in_which_epoch(ControllerTrial t)
    {
        var sequencer = ControllerTrial.Begin(t.New());
        for (var n = 1; n <= Long; n++)
        {
            Complete(ControllerTrial.Run(sequencer, n, 1));
        }

        Complete(sequencer.Observe(ThresholdObservation.Force(new Threshold(0), "owner", mayVoidGuarantee: true)).Changes);
        Complete(sequencer.Observe(ThresholdObservation.EpochEnds(ThresholdReasons.NewModel, actor: "owner")).Changes);
        return Task.CompletedTask;

        void Complete(IReadOnlyList<ThresholdChange> changes)
        {
            foreach (var change in changes)
            {
                Expect.That(!string.IsNullOrWhiteSpace(change.Reason), "A change does not say why.");
                Expect.That(change.Evidence is not null, "A change shows no evidence.");
                Expect.Equal(sequencer.State.Goal, change.Goal, "The goal of the change");
                Expect.Equal(sequencer.State.Epoch, change.Epoch, $"The epoch of the change '{change.Reason}'");
            }
        }
    }

    private static Task A_stricter_threshold_is_in_force_at_once_and_until_it_is_taken_back(ControllerTrial t)
    {
        var sequencer = ControllerTrial.Begin(t.New());
        ControllerTrial.Run(sequencer, 1, Long);
        var own = sequencer.State.Threshold;
        sequencer.Observe(ThresholdObservation.Force(Threshold.ReviewEverything, "owner"));
        Expect.That(sequencer.State.Threshold.IsReviewEverything, "What an operator closed is not closed.");
        ControllerTrial.Run(sequencer, Long + 1, 50);
        Expect.That(sequencer.State.Threshold.IsReviewEverything, "What an operator closed opened by itself.");
        sequencer = EvidenceSequencer.Load(t.New(), sequencer.Save());
        Expect.That(sequencer.State.Threshold.IsReviewEverything, "What an operator closed opened by being loaded.");
        sequencer.Observe(ThresholdObservation.Force(null, "owner"));
        Expect.That(own.IsReviewEverything || !sequencer.State.Threshold.IsReviewEverything, "What an operator gave back stays closed.");
        return Task.CompletedTask;
    }

    private static Task A_looser_threshold_needs_leave_and_voids_the_promise(ControllerTrial t)
    {
        var sequencer = ControllerTrial.Begin(t.New());
        var own = sequencer.State.Threshold;
        sequencer.Observe(ThresholdObservation.Force(new Threshold(0), "owner"));
        Expect.Equal(own, sequencer.State.Threshold, "The threshold after a looser one was forced without leave");
        var step = sequencer.Observe(ThresholdObservation.Force(new Threshold(0), "owner", mayVoidGuarantee: true));
        Expect.Equal(new Threshold(0), sequencer.State.Threshold, "The threshold after a looser one was forced with leave");
        Expect.That(step.Changes is [{ GuaranteeVoid: true, Actor: "owner" }], "The change does not say that nothing is promised, and who did it.");
        Expect.That(!sequencer.State.IsEarned, "A forced threshold passes for an earned one.");
        return Task.CompletedTask;
    }

    private static Task The_hard_bound_is_kept(ControllerTrial t)
    {
        var sequencer = ControllerTrial.Begin(t.New(), ControllerTrial.Goal with { NeverBelow = 0.95 });
        for (var n = 1; n <= Long; n++)
        {
            ControllerTrial.Run(sequencer, n, 1);
            Expect.That(sequencer.State.Threshold >= new Threshold(0.95), $"The threshold is {sequencer.State.Threshold}, below the bound 0.95.");
        }

        return Task.CompletedTask;
    }

    private static Task Another_goal_is_in_force_at_once(ControllerTrial t)
    {
        var sequencer = ControllerTrial.Begin(t.New());
        ControllerTrial.Run(sequencer, 1, Long);
        var goal = ControllerTrial.Goal with { NeverBelow = 0.97 };
        sequencer.Observe(ThresholdObservation.GoalSet(goal, "owner"));
        Expect.Equal(goal, sequencer.State.Goal, "The goal");
        Expect.That(sequencer.State.Threshold >= new Threshold(0.97), $"The threshold is {sequencer.State.Threshold}, below the new bound 0.97.");
        return Task.CompletedTask;
    }

    private static Task An_answer_that_only_arrived_loosens_nothing(ControllerTrial t)
    {
        var sequencer = ControllerTrial.Begin(t.New());
        var before = sequencer.State.Threshold;
        for (var n = 1; n <= Long; n++)
        {
            var decision = ControllerTrial.Decide(sequencer.State, n);
            sequencer.Observe(ThresholdObservation.DecisionRecorded(decision));
            sequencer.Observe(ThresholdObservation.OutcomeArrived(decision, wasRight: true));
            Expect.That(sequencer.State.Threshold >= before, "Answers that came out of turn loosened the threshold.");
        }

        return Task.CompletedTask;
    }

    private static Task Counting_again_loosens_nothing(ControllerTrial t)
    {
        var sequencer = ControllerTrial.Begin(t.New());
        var counted = new List<ThresholdObservation>();
        for (var n = 1; n <= Long; n++)
        {
            var decision = ControllerTrial.Decide(sequencer.State, n) with { IsDrawn = true };
            sequencer.Made(decision);
            sequencer.Answered(decision, OutcomeStanding.Unknown, OutcomeStanding.Wrong);
            counted.Add(ThresholdObservation.OutcomeCounted(decision, wasRight: true));
        }

        var before = sequencer.State.Threshold;
        sequencer.Recount(counted);
        Expect.That(sequencer.State.Threshold >= before, $"Counting again loosened the threshold from {before} to {sequencer.State.Threshold}.");
        return Task.CompletedTask;
    }

    private static Task Another_epoch_begins_when_one_ends(ControllerTrial t)
    {
        var sequencer = ControllerTrial.Begin(t.New());
        ControllerTrial.Run(sequencer, 1, Long);
        sequencer.Observe(ThresholdObservation.EpochEnds(ThresholdReasons.NewModel));
        Expect.Equal(2, sequencer.State.Epoch, "The epoch");
        Expect.That(!sequencer.State.IsEarned, "A threshold is earned before anything was observed.");
        Expect.Equal(0L, sequencer.State.Evidence.Outcomes, "Outcomes of the new epoch");
        return Task.CompletedTask;
    }

    private static Task What_is_no_state_is_not_loaded(ControllerTrial t)
    {
        foreach (var junk in new[] { "", "{}", "[1]", "not json", "{\"policy\":\"of somebody else\",\"version\":1}", t.New().Start(ControllerTrial.Goal).Save().Replace("1", "999", StringComparison.Ordinal) })
        {
            Refused<FormatException>(() => t.New().Load(junk), $"The text '{junk[..Math.Min(20, junk.Length)]}'");
        }

        return Task.CompletedTask;
    }

    private static Task A_damaged_state_is_refused_as_such(ControllerTrial t)
    {
        var sequencer = ControllerTrial.Begin(t.New());
        ControllerTrial.Run(sequencer, 1, Long);
        var whole = sequencer.State.Save();
        foreach (var half in Enumerable.Range(1, 7).Select(eighth => whole[..(whole.Length * eighth / 8)]))
        {
            Refused<FormatException>(() => t.New().Load(half), "A state that was cut off");
        }

        // What may be left out is the controller's own affair; that nothing but a FormatException comes of it is not.
        foreach (var name in JsonNode.Parse(whole)!.AsObject().Select(member => member.Key))
        {
            foreach (var damage in new Action<JsonObject>[] { json => json.Remove(name), json => json[name] = null, json => json[name] = new JsonArray(), json => json[name] = -5 })
            {
                var json = JsonNode.Parse(whole)!.AsObject();
                damage(json);
                try
                {
                    _ = t.New().Load(json.ToJsonString());
                }
                catch (FormatException)
                {
                }
                catch (Exception other)
                {
                    throw new ConformanceException($"A state whose '{name}' is damaged is refused with {other.GetType().Name}; expected {nameof(FormatException)}.");
                }
            }
        }

        return Task.CompletedTask;
    }

    private static Task A_state_is_small(ControllerTrial t)
    {
        var sequencer = ControllerTrial.Begin(t.New());
        var made = 0;
        foreach (var decisions in new[] { 199, 499, 1_000, 5_000 })
        {
            ControllerTrial.Run(sequencer, made + 1, decisions - made);
            made = decisions;
            var bytes = Encoding.UTF8.GetByteCount(sequencer.State.Save());
            Expect.That(bytes <= MostBytes, $"After {decisions} decisions the state has {bytes} bytes; at most {MostBytes} are allowed.");
        }

        return Task.CompletedTask;
    }

    private static void Refused<TException>(Func<object> act, string what)
        where TException : Exception
    {
        try
        {
            _ = act();
        }
        catch (TException)
        {
            return;
        }
        catch (Exception other)
        {
            throw new ConformanceException($"{what} is refused with {other.GetType().Name}; expected {typeof(TException).Name}.");
        }

        throw new ConformanceException($"{what} is taken.");
    }
}
