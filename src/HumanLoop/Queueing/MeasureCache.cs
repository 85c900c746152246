namespace HumanLoop.Queueing;

/// <summary>The last count of what is open. Counting a million takes a while, and every process asks every second: the longer a count took, the longer it
/// stands, and while the next is made nobody waits for it.</summary>
internal sealed class MeasureCache(Func<ValueTask<IReadOnlyList<QueueMeasure>>> count)
{
    private const long Few = 10_000;
    private const int StandsTimes = 20;
    private const int TooOldTimes = 60;

    private readonly Lock _gate = new();
    private volatile Counted? _last;
    private Task<Counted>? _counting;

    public async Task<IReadOnlyList<QueueMeasure>> MeasureAsync()
    {
        if (_last is not { } last || last.IsOfFew)
        {
            // Each caller's own: it knows of everything that the caller did before.
            return (await CountAsync().ConfigureAwait(false)).Measures;
        }

        var age = TimeProvider.System.GetElapsedTime(last.At);
        if (age < last.Took * StandsTimes)
        {
            return last.Measures;
        }

        var counting = CountBehind();
        return age < last.Took * TooOldTimes ? last.Measures : (await counting.ConfigureAwait(false)).Measures;
    }

    private Task<Counted> CountBehind()
    {
        lock (_gate)
        {
            return _counting is null or { IsCompleted: true } ? _counting = Task.Run(CountAsync) : _counting;
        }
    }

    private async Task<Counted> CountAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        var measures = await count().ConfigureAwait(false);
        return _last = new(measures, TimeProvider.System.GetTimestamp(), TimeProvider.System.GetElapsedTime(began));
    }

    private sealed record Counted(IReadOnlyList<QueueMeasure> Measures, long At, TimeSpan Took)
    {
        public bool IsOfFew { get; } = Measures.Sum(measure => measure.AwaitingVerdict + measure.Acting + measure.DeadLetters) <= Few;
    }
}
