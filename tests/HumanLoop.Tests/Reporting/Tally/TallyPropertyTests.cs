using FsCheck.Xunit;
using HumanLoop.Journaling;
using HumanLoop.Reporting;

namespace HumanLoop.Tests.Reporting;

public sealed class TallyPropertyTests
{
    [Property(MaxTest = 40)]
    public void Folding_in_any_pieces_with_a_restart_between_gives_the_same(int seed, byte pieces)
    {
        var script = RandomJournal.Of(seed, 400);
        var whole = script.Fold().Save();

        var chance = new Random(pieces);
        var tally = new Tally(JournalScript.Workflow);
        for (var done = 0; done < script.Records.Count;)
        {
            var piece = 1 + chance.Next(1 + (pieces % 64));
            script.Count(tally, script.Records.Skip(done).Take(piece));
            done += piece;
            tally = Tally.Load(JournalScript.Workflow, new StateDocument(tally.Save(), 1));
        }

        Assert.Equal(whole, tally.Save());
    }

    [Property(MaxTest = 20)]
    public void Reading_records_again_counts_nothing_twice(int seed)
    {
        var script = RandomJournal.Of(seed, 200);
        var once = script.Fold().Save();

        Assert.Equal(once, script.Count(script.Count(new(JournalScript.Workflow), script.Records.Take(120)), script.Records).Save());
    }

    [Property(MaxTest = 40)]
    public void Days_and_months_add_up_to_the_whole_and_nothing_is_below_zero(int seed)
    {
        var script = RandomJournal.Of(seed, 600);
        var tally = script.Fold();

        var periods = TallyCounts.Sum(tally.Days.Values.Concat(tally.Months.Values));
        Assert.Equal(tally.Total.ToArray(), periods.ToArray());
        Assert.All(tally.Days.Values.Concat(tally.Months.Values).Concat(tally.Segments.Values), counts => Assert.All(counts.ToArray(), count => Assert.True(count >= 0)));
        Assert.Equal(script.Records.Count(record => record.Entry is DecisionRouted), tally.Total[TallyColumn.Decisions]);
        Assert.Equal(tally.Total[TallyColumn.Decisions], tally.Segments.Values.Sum(counts => counts[TallyColumn.Decisions]));
        Assert.Equal(tally.Total.Verdicts, tally.Reviewers.Values.Sum(reviewer => reviewer.Answers));
        Assert.True(tally.Days.Count <= Tally.DaysKept);
    }
}
