using System.Runtime.CompilerServices;
using HumanLoop.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.AspNetCore.Visiting;

/// <summary>How much is open in each workflow, counted for all who look.</summary>
/// <remarks>A count walks through everything that is open. So it is made at most once a second, the longer it took the seldomer, and no caller waits for one
/// while the last is fresh enough.</remarks>
internal sealed class QueueFigures
{
    private const int StandsTimes = 20;
    private const int TooOldTimes = 60;

    private static readonly TimeSpan CountAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TooOld = TimeSpan.FromSeconds(15);
    private static readonly ConditionalWeakTable<IReviewQueue, QueueFigures> Known = [];

    private readonly Lock _gate = new();
    private Task<IReadOnlyList<QueueMeasure>>? _counting;
    private IReadOnlyList<QueueMeasure>? _counted;
    private long _countedAt;
    private TimeSpan _took;

    public static async Task<Figures> OfAsync(Visit visit)
    {
        var queue = visit.Http.RequestServices.GetRequiredService<IReviewQueue>();
        return new(await Known.GetOrCreateValue(queue).MeasureAsync(queue, visit.Time).WaitAsync(visit.Aborted));
    }

    private Task<IReadOnlyList<QueueMeasure>> MeasureAsync(IReviewQueue queue, TimeProvider time)
    {
        lock (_gate)
        {
            var age = _counted is null ? TimeSpan.MaxValue : time.GetElapsedTime(_countedAt);
            if (age > Later(CountAgainAfter, _took * StandsTimes) && _counting is null or { IsCompleted: true })
            {
                _counting = Task.Run(() => CountAsync(queue, time));
            }

            return age <= Later(TooOld, _took * TooOldTimes) ? Task.FromResult(_counted!) : _counting!;
        }
    }

    private async Task<IReadOnlyList<QueueMeasure>> CountAsync(IReviewQueue queue, TimeProvider time)
    {
        var began = time.GetTimestamp();
        var measures = await queue.MeasureAsync(CancellationToken.None);
        lock (_gate)
        {
            (_counted, _countedAt, _took) = (measures, time.GetTimestamp(), time.GetElapsedTime(began));
        }

        return measures;
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>The measures of all workflows.</summary>
    internal readonly record struct Figures(IReadOnlyList<QueueMeasure> Measures)
    {
        public QueueMeasure Of(string workflow) => Measures.FirstOrDefault(one => one.Workflow == workflow) ?? new() { Workflow = workflow };
    }
}
