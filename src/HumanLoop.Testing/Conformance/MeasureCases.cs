using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Counting what is open.</summary>
internal static class MeasureCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(A_measure_counts_what_is_open_in_each_workflow),
        Of(A_measure_of_nothing_is_nothing),
    ];

    private static async Task A_measure_counts_what_is_open_in_each_workflow(QueueTrial t)
    {
        var start = t.Now;
        await t.EnqueueAsync(
            Sample.Review("overdue", t.Now, due: t.Now.AddMinutes(1)),
            Sample.Review("oldest", t.Now),
            Sample.StraightThrough("acting", t.Now, Sample.Process),
            Sample.StraightThrough("due", t.Now),
            Sample.StraightThrough("dead", t.Now, Sample.Process),
            Sample.StraightThrough("settled", t.Now, handled: false)).ConfigureAwait(false);
        t.Clock.Advance(TimeSpan.FromMinutes(1));
        await t.EnqueueAsync(Sample.Review("claimed", t.Now, due: t.Now.AddSeconds(1)), Sample.Review("elsewhere", t.Now, workflow: Sample.OtherWorkflow)).ConfigureAwait(false);
        await t.AppliedAsync(new PrioritiseReview(Sample.Workflow, "claimed", 1)).ConfigureAwait(false);
        await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.AppliedAsync(new FailEffect(Sample.Workflow, "dead", "Exception", null, 6, null) { Actor = Sample.Process }).ConfigureAwait(false);
        await t.SweepAsync().ConfigureAwait(false);

        var measures = (await t.Queue.MeasureAsync(t.Cancellation).ConfigureAwait(false)).ToDictionary(measure => measure.Workflow);
        var expected = new QueueMeasure { Workflow = Sample.Workflow, AwaitingVerdict = 3, Claimed = 1, Overdue = 1, OldestReady = start, Acting = 2, DeadLetters = 1 };
        Expect.Equal(expected, measures.GetValueOrDefault(Sample.Workflow), "The measure");
        Expect.Equal(1, measures.GetValueOrDefault(Sample.OtherWorkflow)?.AwaitingVerdict ?? 0, "Reviews of the other workflow");
    }

    private static async Task A_measure_of_nothing_is_nothing(QueueTrial t)
    {
        await t.EnqueueReviewAsync("a").ConfigureAwait(false);
        await t.AppliedAsync(new WithdrawDecision(Sample.Workflow, "a", "cancelled")).ConfigureAwait(false);
        foreach (var measure in await t.Queue.MeasureAsync(t.Cancellation).ConfigureAwait(false))
        {
            Expect.Equal(new QueueMeasure { Workflow = measure.Workflow }, measure, "The measure of a workflow with nothing open");
        }
    }
}
