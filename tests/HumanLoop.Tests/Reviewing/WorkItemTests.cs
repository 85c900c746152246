using System.Text;
using FsCheck.Xunit;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Tests.Reviewing;

/// <summary>The fold of a decision's journal, over arbitrary lives.</summary>
public sealed class WorkItemTests
{
    [Property(MaxTest = 1500, StartSize = 20, EndSize = 300)]
    public void Replay_of_the_journal_equals_the_live_item(int[] steps, int kind, bool shadow, bool handled)
    {
        var story = Live(steps, kind, shadow, handled);
        Assert.Equal(Facts(story.Item), Facts(WorkItem.Replay(story.Entries)));
    }

    [Property(MaxTest = 300, StartSize = 20, EndSize = 200)]
    public void Replay_through_stored_JSON_equals_the_live_item(int[] steps, int kind)
    {
        var story = Live(steps, kind, shadow: false, handled: true);
        Assert.Equal(Facts(story.Item), Facts(WorkItem.Replay(story.Entries.Select(entry => JournalJson.ReadEntry(JournalJson.Write(entry))))));
        Assert.Equal(Facts(story.Item), Facts(WorkItemJson.ReadItem(WorkItemJson.Write(story.Item))));
    }

    [Property(MaxTest = 1500, StartSize = 20, EndSize = 300)]
    public void Versions_have_no_gap_and_revisions_never_fall(int[] steps, int kind)
    {
        var story = Live(steps, kind, shadow: false, handled: true, (before, after, _) =>
        {
            Assert.Equal(before.Version + 1, after.Version);
            Assert.InRange(after.Revision, before.Revision, before.Revision + 1);
        });
        Assert.Equal(Enumerable.Range(1, story.Entries.Count).Select(version => (long)version), story.Entries.Select(entry => entry.Version));
    }

    [Property(MaxTest = 1500, StartSize = 20, EndSize = 300)]
    public void Between_two_verdicts_there_is_an_undo_or_a_question(int[] steps, int kind)
    {
        var story = Live(steps, kind, shadow: false, handled: true);
        var decided = false;
        foreach (var entry in story.Entries)
        {
            Assert.False(decided && entry is VerdictGiven, "A second verdict was given while the first stood.");
            decided = entry is VerdictGiven || (decided && entry is not (VerdictUndone or EffectUncertain));
        }
    }

    [Property(MaxTest = 1500, StartSize = 20, EndSize = 300)]
    public void Any_interleaving_of_claims_lease_losses_votes_and_verdicts_settles_at_most_once(int[] steps, int reviewers)
    {
        // Without undo, uncertain effects and dead letters: a decision is done once and then nothing acts on it.
        var routed = Story.Routed(RouteKind.Review, reviewers: (int)(Math.Abs((long)reviewers) % 4));
        var story = Story.Live(routed, steps.Where(step => Math.Abs((long)step) % 22 is 0 or 1 or 2 or 3 or 6 or 7 or 8 or 18 or 19));
        Assert.InRange(story.Entries.OfType<VerdictGiven>().Count() - story.Entries.OfType<VerdictUndone>().Count(), 0, 1);
        Assert.InRange(story.Entries.OfType<EffectDone>().Count(), 0, 1);
        Assert.True(story.Item.State != DecisionState.Settled || story.Item.Votes.Count >= routed.Reviewers || routed.Reviewers < 2 || story.Item.IsContested);
    }

    [Property(MaxTest = 3000, StartSize = 20, EndSize = 300)]
    public void Nobody_votes_twice_before_a_question_ends(int[] steps, int reviewers)
    {
        var story = Story.Live(Story.Routed(RouteKind.Review, reviewers: 2 + (int)(Math.Abs((long)reviewers) % 3)), steps, (_, after, _) =>
            Assert.Equal(after.Votes.Count, after.Votes.Select(vote => vote.Reviewer).Distinct().Count()));
        var voted = new List<string>();
        foreach (var entry in story.Entries)
        {
            switch (entry)
            {
                case VoteGiven or VerdictGiven:
                    var reviewer = entry is VoteGiven vote ? vote.Verdict.Reviewer : ((VerdictGiven)entry).Verdict.Reviewer;
                    Assert.DoesNotContain(reviewer, voted);
                    voted.Add(reviewer);
                    break;
                case VerdictUndone:
                    voted.RemoveAt(voted.Count - 1);
                    break;
                case EffectUncertain:
                    voted.Clear();
                    break;
            }
        }
    }

    [Property(MaxTest = 3000, StartSize = 20, EndSize = 300)]
    public void Votes_that_agree_settle_it_and_votes_that_differ_never_do_alone(int[] steps, int reviewers)
    {
        var needed = 2 + (int)(Math.Abs((long)reviewers) % 3);
        Story.Live(Story.Routed(RouteKind.Review, reviewers: needed), steps, (before, after, entry) =>
        {
            if (entry is VerdictGiven given && before.ReviewReason is null)
            {
                var agree = before.Votes.All(vote => vote.FindsTheSameAs(given.Verdict));
                Assert.True(before.IsContested || (agree && before.Votes.Count == needed - 1));
            }

            if (after.Verdict is null)
            {
                Assert.Equal(after.IsContested, after.Votes.Any(vote => !vote.FindsTheSameAs(after.Votes[0])));
            }
        });
    }

    [Property(MaxTest = 1500, StartSize = 20, EndSize = 300)]
    public void Whoever_voted_is_neither_offered_the_review_nor_assigned_it(int[] steps, int reviewers) =>
        Story.Live(Story.Routed(RouteKind.Review, reviewers: 2 + (int)(Math.Abs((long)reviewers) % 3)), steps, (before, after, entry) =>
        {
            Assert.False(entry is ReviewClaimed claimed && before.HasVoted(claimed.Holder));
            Assert.False(after.AssignedTo is { } person && after.AwaitsVerdict && after.HasVoted(person));
        });

    [Property(MaxTest = 1500, StartSize = 20, EndSize = 300)]
    public void A_proposal_is_done_at_most_once(int[] steps, int kind)
    {
        var story = Live(steps, kind, shadow: false, handled: true);
        var item = (WorkItem?)null;
        var acts = 0;
        foreach (var entry in story.Entries)
        {
            var before = item;
            item = item is null ? WorkItem.Begin((DecisionRouted)entry) : item.Apply(entry);
            acts += entry is EffectDone && before!.Effect == Effect.Act ? 1 : 0;
        }

        Assert.InRange(acts, 0, 1);
    }

    [Property(MaxTest = 1500, StartSize = 20, EndSize = 300)]
    public void A_shadow_decision_never_has_an_effect(int[] steps)
    {
        var story = Story.Live(Story.Routed(RouteKind.Review, shadow: true), steps, (_, after, entry) =>
        {
            Assert.Equal(Effect.None, after.Effect);
            Assert.False(after.HasActed);
            Assert.False(after.State is DecisionState.ActDue or DecisionState.Acting or DecisionState.DeadLetter);
            Assert.False(entry is EffectStarted or EffectDone);
        });
        Assert.Equal(Effect.None, story.Item.Effect);
    }

    [Property(MaxTest = 1500, StartSize = 20, EndSize = 300)]
    public void What_has_acted_stays_so_and_is_never_declined(int[] steps, int kind) =>
        Live(steps, kind, shadow: false, handled: true, (before, after, _) =>
        {
            Assert.True(after.HasActed || !before.HasActed);
            Assert.False(after.HasActed && after.Effect == Effect.Decline && after.State is DecisionState.ActDue or DecisionState.Acting);
        });

    [Property(MaxTest = 1500, StartSize = 20, EndSize = 300)]
    public void A_lease_is_there_exactly_while_somebody_works(int[] steps, int kind) =>
        Live(steps, kind, shadow: false, handled: true, (_, after, _) =>
        {
            var held = after.State is DecisionState.Claimed or DecisionState.Acting;
            Assert.Equal(held, after.LeaseHolder is not null);
            Assert.Equal(held, after.LeaseUntil is not null);
            Assert.Equal(held, after.HeldSince is not null);
        });

    [Property(MaxTest = 1500, StartSize = 20, EndSize = 300)]
    public void Closed_work_says_when_and_never_opens_again(int[] steps, int kind) =>
        Live(steps, kind, shadow: false, handled: true, (before, after, _) =>
        {
            Assert.Equal(after.IsClosed, after.ClosedAt is not null);
            Assert.True(after.IsClosed || !before.IsClosed);
        });

    private static readonly Type[] OfWorkflows =
    [
        typeof(WorkflowPaused), typeof(WorkflowResumed), typeof(ThresholdSettingsChanged), typeof(ThresholdChanged),
        typeof(ThresholdForced), typeof(LooseningAnswered), typeof(EvidenceImported), typeof(PriorImported), typeof(MetricRecorded),
        typeof(TargetReached), typeof(GuardMissed),
    ];

    [Fact]
    public void The_lives_that_these_properties_look_at_reach_every_state_and_every_entry()
    {
        var (random, states, kinds) = (new Random(1), new HashSet<DecisionState>(), new HashSet<Type>());
        for (var life = 0; life < 3000; life++)
        {
            var steps = Enumerable.Range(0, 120).Select(_ => random.Next()).ToArray();
            var story = Live(steps, life, shadow: life % 5 == 0, handled: life % 7 > 0, (_, after, entry) => states.Add(after.State));
            kinds.UnionWith(story.Entries.Select(entry => entry.GetType()));
        }

        var all = typeof(JournalEntry).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(JournalEntry)) && !OfWorkflows.Contains(type));
        Assert.Equal(Enum.GetValues<DecisionState>(), states.Order());
        Assert.Equal(all.Select(type => type.Name).Order(StringComparer.Ordinal), kinds.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_journal_with_a_gap_is_not_replayed()
    {
        var story = Story.Live(Story.Routed(RouteKind.Review), [23, 18 + 44]);
        Assert.Throws<ArgumentException>(() => WorkItem.Replay([]));
        Assert.Throws<ArgumentException>(() => WorkItem.Replay(story.Entries.Skip(1)));
        Assert.Throws<ArgumentException>(() => WorkItem.Replay([story.Entries[0], new ReviewReleased { Workflow = "w", DecisionId = "d", Version = 3 }]));
        Assert.Throws<ArgumentException>(() => WorkItem.Replay([story.Entries[0], new WorkflowResumed { Workflow = "w", DecisionId = "d", Version = 2 }]));
    }

    [Fact]
    public void A_forgotten_id_that_is_routed_again_is_replayed_from_its_last_routing()
    {
        var routed = Story.Routed(RouteKind.StraightThrough, handled: false);
        var again = Story.Routed(RouteKind.Review) with { Version = 2 };
        Assert.Equal(Facts(WorkItem.Begin(again)), Facts(WorkItem.Replay([routed, again])));
    }

    private static Story Live(int[] steps, int kind, bool shadow, bool handled, Action<WorkItem, WorkItem, JournalEntry>? after = null)
    {
        var route = (RouteKind)(Math.Abs((long)kind) % 3);
        return Story.Live(Story.Routed(route, shadow && route == RouteKind.Review, handled, reviewers: (int)(Math.Abs((long)kind) / 3 % 4)), steps, after);
    }

    private static string Facts(WorkItem item) => Encoding.UTF8.GetString(WorkItemJson.Write(item));
}
