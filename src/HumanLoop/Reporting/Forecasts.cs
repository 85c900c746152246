using HumanLoop.Adapting;
using HumanLoop.Observing;

namespace HumanLoop.Reporting;

/// <summary>Forecasts of closed thresholds. A simulation takes a good part of a second, so one that is known is given again and, after a minute, made anew
/// behind the reader's back.</summary>
internal sealed class Forecasts(TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Workflow, string? Segment, string? Model), Known> _known = [];

    public ThresholdForecast? Of(string workflow, StandingThreshold standing)
    {
        if (standing.State is not RiskControlledState { IsEarned: false } state)
        {
            return null;
        }

        var key = (workflow, standing.Live.Segment, standing.Live.Model);
        Known? known;
        lock (_gate)
        {
            known = _known.GetValueOrDefault(key);
            if (known is not null && known.Epoch == state.Epoch)
            {
                if (known.IsRefreshing || time.GetElapsedTime(known.Since) < FreshFor)
                {
                    return known.Forecast;
                }

                _known[key] = known with { IsRefreshing = true };
            }
            else
            {
                known = null;
            }
        }

        if (known is null)
        {
            return Make(key, state);
        }

        // The state is a copy of this reader's own.
        _ = Task.Run(() => Make(key, state));
        return known.Forecast;
    }

    private ThresholdForecast? Make((string Workflow, string? Segment, string? Model) key, RiskControlledState state)
    {
        var forecast = ThresholdForecast.Of(state);
        lock (_gate)
        {
            _known[key] = new(state.Epoch, forecast, time.GetTimestamp(), IsRefreshing: false);
        }

        return forecast;
    }

    private sealed record Known(int Epoch, ThresholdForecast? Forecast, long Since, bool IsRefreshing);
}
