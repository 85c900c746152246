using HumanLoop.Queueing;

namespace HumanLoop.Tests.Reviewing;

public sealed class MeasureCacheTests
{
    private int _counts;

    [Fact]
    public async Task A_few_are_counted_for_everybody_who_asks()
    {
        var cache = Of(open: 10_000);
        await cache.MeasureAsync();
        Assert.Equal(2, Assert.Single(await cache.MeasureAsync()).Claimed);
    }

    [Fact]
    public async Task A_count_of_many_stands_for_a_while()
    {
        // It takes 100 ms and so stands for two seconds.
        var cache = Of(open: 10_001, takes: 100);
        await cache.MeasureAsync();
        Assert.Equal(1, Assert.Single(await cache.MeasureAsync()).Claimed);
        Assert.Equal(1, _counts);
    }

    [Fact]
    public async Task A_count_that_failed_is_made_again_and_not_remembered()
    {
        var cache = new MeasureCache(() => _counts++ == 0 ? throw new StoreException("away") : ValueTask.FromResult(Measures(20_000)));
        await Assert.ThrowsAsync<StoreException>(cache.MeasureAsync);
        Assert.Equal(20_000, Assert.Single(await cache.MeasureAsync()).AwaitingVerdict);
    }

    private MeasureCache Of(long open, int takes = 0) => new(async () =>
    {
        await Task.Delay(takes);
        _counts++;
        return Measures(open);
    });

    // The number of the count stands where the claimed are.
    private IReadOnlyList<QueueMeasure> Measures(long open) => [new() { Workflow = "refund", AwaitingVerdict = open, Claimed = _counts }];
}
