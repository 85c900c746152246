using HumanLoop.Adapting;

namespace HumanLoop.Tests.Adapting;

public sealed class AuditScheduleTests
{
    private static readonly ThresholdGoal Goal = new() { MaxErrorRate = .05, AuditBudget = .05, LearningAudits = 0 };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(.5, 3)]
    [InlineData(.05, 9)]
    [InlineData(.0625, 9)]
    [InlineData(.0626, 8)]
    [InlineData(.01, 14)]
    [InlineData(.0001, 14)]
    public void No_rung_is_kept_for_weights_that_cannot_occur(double budget, int rungs) => Assert.Equal(rungs, AuditSchedule.Rungs(budget));

    [Fact]
    public void The_budget_is_a_share_of_all_decisions_so_a_small_slice_is_checked_more() =>
        // 0.05 of 1,000 is half of 100: exactly the rung of 1/2.
        Assert.Equal(.5, new AuditSchedule().Next(Goal, age: 1_000, admitted: 100).Value);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    public void A_slice_smaller_than_the_budget_is_checked_whole(long admitted, double probability) =>
        Assert.Equal(probability, new AuditSchedule().Next(Goal, age: 1_000, admitted).Value);

    [Fact]
    public void Early_decisions_are_checked_more()
    {
        var goal = Goal with { LearningAudits = 300 };

        // 0.05 + 300/(300 + 300), of everything.
        Assert.Equal(ReviewProbability.AtLeast(.55), new AuditSchedule().Next(goal, age: 300, admitted: 300));
        Assert.Equal(ReviewProbability.Always, new AuditSchedule().Next(goal, age: 0, admitted: 0));
        // 0.05 + 300/6,000 is a tenth, of the half that is admitted.
        Assert.Equal(ReviewProbability.AtLeast(.2), new AuditSchedule().Next(goal, age: 5_700, admitted: 2_850));
    }

    [Theory]
    [InlineData(1_000, 300)]
    [InlineData(1_000, 620)]
    [InlineData(1_000, 90)]
    public void Rungs_above_and_below_take_turns_so_that_their_mean_is_what_is_wanted(long age, long admitted)
    {
        var schedule = new AuditSchedule();
        var wanted = .05 * age / admitted;
        ReviewProbability[] chosen = [.. Enumerable.Range(0, 2_000).Select(_ => schedule.Next(Goal, age, admitted))];

        Assert.Equal(wanted, chosen.Average(one => one.Value), 1e-3);
        Assert.Equal([ReviewProbability.AtLeast(wanted).Rung, ReviewProbability.AtLeast(wanted).Rung + 1], chosen.Select(one => one.Rung).Distinct().Order());
    }

    [Fact]
    public void Where_no_lower_rung_exists_it_checks_more_than_asked_and_remembers_at_most_one_of_it()
    {
        var schedule = new AuditSchedule();
        ReviewProbability[] chosen = [.. Enumerable.Range(0, 2_000).Select(_ => schedule.Next(Goal, age: 1_000, admitted: 1_000))];

        Assert.All(chosen, one => Assert.Equal(.0625, one.Value, 12));
        Assert.Equal(1, schedule.Overspent, 12);
    }
}
