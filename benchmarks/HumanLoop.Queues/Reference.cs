namespace HumanLoop.Queues;

/// <summary>One client, one thin row, one commit, again and again: what the machine and its disk can do at this moment.</summary>
internal sealed class Reference(Func<TimeSpan, Task<Sample>> run)
{
    /// <summary>Below this share of the best that was seen, something else is using the machine.</summary>
    private const double Quiet = 0.6;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(0.4);

    private double _best;

    public async Task<double> RateAsync()
    {
        var rate = (await run(Time)).Rate;
        _best = Math.Max(_best, rate);
        return rate;
    }

    public bool IsQuiet(double rate) => rate >= Quiet * _best;

    /// <summary>Waits for the machine to be free of other work.</summary>
    /// <param name="patience">How long at most.</param>
    /// <returns>The rate at the end.</returns>
    public async Task<double> WaitAsync(TimeSpan patience)
    {
        var began = TimeProvider.System.GetTimestamp();
        var rate = await RateAsync();
        while (!IsQuiet(rate) && TimeProvider.System.GetElapsedTime(began) < patience)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            rate = await RateAsync();
        }

        return rate;
    }
}
