using System.Runtime.CompilerServices;
using HumanLoop.Registration;
using HumanLoop.Reviewing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.AspNetCore;

/// <summary>How much is open in each workflow. Counted at most once a second for all who look: a count walks through everything that is open.</summary>
internal sealed class QueueFigures
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private static readonly ConditionalWeakTable<IReviewQueue, QueueFigures> Known = [];

    private readonly Lock _gate = new();
    private Task<IReadOnlyList<QueueMeasure>>? _measures;
    private long _takenAt;

    public static async Task<Figures> OfAsync(Visit visit)
    {
        var services = visit.Http.RequestServices;
        await services.GetRequiredService<LoopStart>().EnsureAsync().WaitAsync(visit.Aborted);
        var queue = services.GetRequiredService<IReviewQueue>();
        return new(await Known.GetOrCreateValue(queue).MeasureAsync(queue, visit.Time).WaitAsync(visit.Aborted));
    }

    private Task<IReadOnlyList<QueueMeasure>> MeasureAsync(IReviewQueue queue, TimeProvider time)
    {
        lock (_gate)
        {
            if (_measures is null or { IsFaulted: true } || (_measures.IsCompleted && time.GetElapsedTime(_takenAt) > Freshness))
            {
                _takenAt = time.GetTimestamp();
                _measures = queue.MeasureAsync().AsTask();
            }

            return _measures;
        }
    }

    /// <summary>The measures of all workflows.</summary>
    internal readonly record struct Figures(IReadOnlyList<QueueMeasure> Measures)
    {
        public QueueMeasure Of(string workflow) => Measures.FirstOrDefault(one => one.Workflow == workflow) ?? new() { Workflow = workflow };
    }
}
