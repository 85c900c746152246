using HumanLoop.Reporting;
using HumanLoop.Tests.Journey;
using HumanLoop.Tests.Observing;
using Microsoft.Extensions.Time.Testing;

namespace HumanLoop.Tests.Reporting;

public sealed class ForecastsTests
{
    [Fact]
    public async Task A_forecast_is_given_again_for_a_minute_and_then_made_anew_behind_the_readers_back()
    {
        await using var loop = new LearningLoop();
        await loop.DecideAsync(120, confidence => confidence > 0.55);
        await loop.StopAsync();
        var (live, clock) = (await loop.StandingAsync(), new FakeTimeProvider());
        var forecasts = new Forecasts(clock);

        var first = forecasts.Of(TestLoop.Name, live);
        Assert.NotNull(first);
        Assert.Same(first, forecasts.Of(TestLoop.Name, live));

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Same(first, forecasts.Of(TestLoop.Name, live));
        await loop.Loop.UntilAsync(() => !ReferenceEquals(first, forecasts.Of(TestLoop.Name, live)));
    }

    [Fact]
    public async Task An_open_threshold_needs_no_forecast()
    {
        await using var loop = new LearningLoop();
        await loop.DecideAsync(700, confidence => confidence > 0.6);
        await loop.StopAsync();

        Assert.Null(new Forecasts(TimeProvider.System).Of(TestLoop.Name, await loop.StandingAsync()));
    }
}
