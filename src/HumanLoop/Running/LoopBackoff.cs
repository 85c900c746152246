using HumanLoop.Diagnostics;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Running;

/// <summary>Lets a background loop outlast a store that does not answer: the pauses grow, and the log has one line when it begins and one when it
/// ends.</summary>
internal sealed class LoopBackoff(string loop, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _pause;

    public void Succeeded()
    {
        if (_pause > TimeSpan.Zero)
        {
            logger.LoopRecovered(loop);
            _pause = TimeSpan.Zero;
        }
    }

    public async Task FailedAsync(Exception failure, CancellationToken stopping)
    {
        var first = _pause == TimeSpan.Zero;
        _pause = first ? TimeSpan.FromMilliseconds(500) : _pause * 2 < Longest ? _pause * 2 : Longest;
        if (first || _pause == Longest)
        {
            logger.LoopFailed(loop, (failure.InnerException ?? failure).GetType().Name, _pause);
        }

        await Task.Delay(_pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
