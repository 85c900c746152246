using HumanLoop.Journaling;
using HumanLoop.Reporting;
using HumanLoop.Tests.Journey;
using HumanLoop.Tests.Observing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Tests.Reporting;

public sealed class ScorecardsTests
{
    [Fact]
    public async Task A_scorecard_tells_of_the_loop_as_it_is_whether_saved_or_not()
    {
        await using var loop = new LearningLoop();
        await loop.DecideAsync(700, confidence => confidence > 0.6);
        var before = await ReadAsync(loop);
        await loop.StopAsync();
        var after = await ReadAsync(loop);

        Assert.Equal((before.Ever, before.Recent, before.Effort), (after.Ever, after.Recent, after.Effort));
        Assert.Equal(before.Confidence.Single().RiskCoverage, after.Confidence.Single().RiskCoverage);
        Assert.Equal((700, "ops-lead@example.com"), (after.Ever.Decisions, after.Charter!.Owner));
        var threshold = Assert.Single(after.Thresholds);
        Assert.True(threshold.IsEarned);
        Assert.Equal((await loop.LiveAsync()).Threshold.Value, threshold.Threshold);
        Assert.Contains("earned (at most 5 % wrong, 95 % sure)", threshold.Says, StringComparison.Ordinal);
        Assert.InRange(after.Errors.Bound!.Value, 0, 0.05);
        Assert.Contains(after.Changes, change => change.Reason == ThresholdReasons.Earned);
        Assert.Equal(after.Ever.Verdicts, Assert.Single(after.Reviewers).Answers);
    }

    [Fact]
    public async Task Another_process_that_takes_over_counts_on_where_the_first_one_was()
    {
        await using var first = new LearningLoop();
        await first.DecideAsync(120, _ => true);
        var open = await first.RouteAsync(0.55);
        await first.LearnAsync();
        await first.StopAsync();
        await using var second = new LearningLoop(sharedWith: first);
        await second.AnswerAsync(open.DecisionId, isRight: false);
        await second.DecideAsync(30, _ => true);
        await second.StopAsync();

        var stored = await Store(second).LoadAsync(TestLoop.Name, CancellationToken.None);
        var again = new Tally(TestLoop.Name);
        foreach (var record in await ((IDecisionJournal)second.Loop.Store).ReadAsync(0, int.MaxValue))
        {
            again.Apply(record);
        }

        Assert.Equal(again.Save(), stored.Save());
        Assert.Equal((151, 1), (stored.Total[TallyColumn.Decisions], stored.Total[TallyColumn.ReviewedWrong]));
    }

    [Fact]
    public async Task Before_the_first_decision_it_says_so()
    {
        await using var loop = new LearningLoop();

        Assert.Equal(AdviceReasons.NoDecisionYet, (await ReadAsync(loop)).Advice.Reason);
        await Assert.ThrowsAsync<ArgumentException>(() => Scorecards(loop).ReadAsync("unknown"));
    }

    [Fact]
    public async Task A_closed_threshold_says_why_and_until_when_and_the_forecast_is_the_same_as_in_the_log()
    {
        await using var loop = new LearningLoop();
        await loop.DecideAsync(120, confidence => confidence > 0.55);
        await loop.StopAsync();
        var threshold = Assert.Single((await ReadAsync(loop)).Thresholds);

        Assert.Null(threshold.Threshold);
        Assert.NotEmpty(threshold.WhyClosed);
        Assert.NotNull(threshold.Forecast!.Likely);
        Assert.Equal((await loop.LiveAsync()).Says, threshold.Says);
    }

    [Fact]
    public async Task What_the_application_measures_is_journaled_and_shown()
    {
        await using var loop = new LearningLoop(TestLoop.Settings(("Metric:Measure", "Custom"), ("Metric:AtLeast", "80"), ("Metric:Guard:Name", "complaints"), ("Metric:Guard:AtMost", "3")));
        var now = loop.Loop.Clock.GetUtcNow();
        await Scorecards(loop).RecordMetricAsync(TestLoop.Name, 81, now, "crm");
        await Scorecards(loop).RecordGuardAsync(TestLoop.Name, 2, now);
        var card = await ReadAsync(loop);

        Assert.Equal((81, MetricStanding.ReachedSurely, 2), (card.Metric!.Value, card.Metric.Standing, card.Guard!.Value));
        Assert.Equal(["crm", null], (await loop.Loop.JournalAsync()).OfType<MetricRecorded>().Select(entry => entry.Actor));
        await Assert.ThrowsAsync<ArgumentException>(() => Scorecards(loop).RecordMetricAsync(TestLoop.Name, double.NaN, now));
    }

    [Fact]
    public async Task What_cannot_be_recorded_says_which_setting_is_missing()
    {
        await using var loop = new LearningLoop();

        Assert.Contains("Metric:Measure is StraightThroughRate", (await Assert.ThrowsAsync<InvalidOperationException>(() => Scorecards(loop).RecordMetricAsync(TestLoop.Name, 1, default))).Message, StringComparison.Ordinal);
        Assert.Contains("Metric:Guard is missing", (await Assert.ThrowsAsync<InvalidOperationException>(() => Scorecards(loop).RecordGuardAsync(TestLoop.Name, 1, default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_charter_is_kept_for_those_who_have_only_the_store_and_follows_the_settings()
    {
        await using var loop = new LearningLoop();
        await loop.DecideAsync(1, _ => true);
        var charters = loop.Loop.Services.GetRequiredService<CharterStore>();
        Assert.Equal(0.6, (await charters.ReadAsync(TestLoop.Name, CancellationToken.None))!.AtLeast);

        loop.Loop.Configuration[TestLoop.PathOf("Metric:AtLeast")] = "0.7";
        loop.Loop.Configuration.Reload();
        await loop.LearnAsync();

        Assert.Equal(0.7, (await charters.ReadAsync(TestLoop.Name, CancellationToken.None))!.AtLeast);
    }

    [Fact]
    public async Task News_are_told_once_and_again_only_when_they_come_again()
    {
        await using var loop = new LearningLoop(TestLoop.Settings(("Metric:Guard:Name", "complaints"), ("Metric:Guard:AtMost", "3")));
        var watch = loop.Loop.Services.GetRequiredService<ScorecardWatch>();
        await Scorecards(loop).RecordGuardAsync(TestLoop.Name, 4, loop.Loop.Clock.GetUtcNow());

        await LookAsync();
        await LookAsync();
        Assert.Equal(1, await ToldAsync());
        await Scorecards(loop).RecordGuardAsync(TestLoop.Name, 2, loop.Loop.Clock.GetUtcNow());
        await LookAsync();
        await Scorecards(loop).RecordGuardAsync(TestLoop.Name, 5, loop.Loop.Clock.GetUtcNow());
        await LookAsync();
        Assert.Equal(2, await ToldAsync());

        async Task LookAsync()
        {
            await watch.LookAsync(CancellationToken.None);
            loop.Loop.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        async Task<int> ToldAsync() => (await loop.Loop.JournalAsync()).OfType<HumanLoop.Journaling.GuardMissed>().Count();
    }

    [Fact]
    public async Task A_stop_switch_of_this_process_alone_is_shown_too()
    {
        await using var loop = new LearningLoop();
        await loop.DecideAsync(1, _ => true);
        loop.Loop.Control.StopLocally(TestLoop.Name);

        Assert.Equal((true, AdviceReasons.Paused), ((await ReadAsync(loop)).IsPaused, (await ReadAsync(loop)).Advice.Reason));
    }

    private static IScorecards Scorecards(LearningLoop loop) => loop.Loop.Services.GetRequiredService<IScorecards>();

    private static TallyStore Store(LearningLoop loop) => loop.Loop.Services.GetRequiredService<TallyStore>();

    private static Task<Scorecard> ReadAsync(LearningLoop loop) => Scorecards(loop).ReadAsync(TestLoop.Name);
}
