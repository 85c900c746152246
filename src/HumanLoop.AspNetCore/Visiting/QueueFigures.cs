using System.Runtime.CompilerServices;
using HumanLoop.Hosting;
using HumanLoop.Running;
using HumanLoop.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.AspNetCore.Visiting;

/// <summary>How much is open in each workflow. Counted at most once a second for all who look, and nobody waits for a count while the one before is fresh enough: it walks through everything that is open.</summary>
internal sealed class QueueFigures
{
    private static readonly TimeSpan CountAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TooOld = TimeSpan.FromSeconds(15);
    private static readonly ConditionalWeakTable<ReviewLedger, QueueFigures> Known = [];

    private readonly Lock _gate = new();
    private Task<IReadOnlyList<QueueMeasure>>? _counting;
    private IReadOnlyList<QueueMeasure>? _counted;
    private long _countedAt;

    public static async Task<Figures> OfAsync(Visit visit)
    {
        var services = visit.Http.RequestServices;
        await services.GetRequiredService<StartGate>().EnsureAsync().WaitAsync(visit.Aborted);
        var ledger = services.GetRequiredService<ReviewLedger>();
        return new(await Known.GetOrCreateValue(ledger).MeasureAsync(ledger, visit.Time).WaitAsync(visit.Aborted));
    }

    private Task<IReadOnlyList<QueueMeasure>> MeasureAsync(ReviewLedger ledger, TimeProvider time)
    {
        lock (_gate)
        {
            var age = _counted is null ? TimeSpan.MaxValue : time.GetElapsedTime(_countedAt);
            if (age > CountAgainAfter && _counting is null or { IsCompleted: true })
            {
                _counting = Task.Run(() => CountAsync(ledger, time));
            }

            return age <= TooOld ? Task.FromResult(_counted!) : _counting!;
        }
    }

    private async Task<IReadOnlyList<QueueMeasure>> CountAsync(ReviewLedger ledger, TimeProvider time)
    {
        var measures = await ledger.MeasureAsync(CancellationToken.None);
        lock (_gate)
        {
            (_counted, _countedAt) = (measures, time.GetTimestamp());
        }

        return measures;
    }

    /// <summary>The measures of all workflows.</summary>
    internal readonly record struct Figures(IReadOnlyList<QueueMeasure> Measures)
    {
        public QueueMeasure Of(string workflow) => Measures.FirstOrDefault(one => one.Workflow == workflow) ?? new() { Workflow = workflow };
    }
}
