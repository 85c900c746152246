namespace HumanLoop.Testing.Tests;

public sealed class ManualClockTests
{
    [Fact]
    public void It_stands_still_until_it_is_moved()
    {
        var clock = new ManualClock();
        var (start, stamp) = (clock.GetUtcNow(), clock.GetTimestamp());
        clock.Advance(TimeSpan.FromMinutes(90));
        Assert.Equal(TimeSpan.FromMinutes(90), clock.GetUtcNow() - start);
        Assert.Equal(TimeSpan.FromMinutes(90), clock.GetElapsedTime(stamp));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_time_at_their_time()
    {
        var clock = new ManualClock();
        var (start, fired) = (clock.GetUtcNow(), new List<(string, double)>());
        using var late = Timer("late", 5, 0);
        using var every = Timer("every", 2, 2);
        using var never = Timer("never", 100, 0);
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal([("every", 2), ("every", 4), ("late", 5), ("every", 6)], fired);

        ITimer Timer(string name, int due, int period) =>
            clock.CreateTimer(_ => fired.Add((name, (clock.GetUtcNow() - start).TotalSeconds)), null, TimeSpan.FromSeconds(due), period == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(period));
    }

    [Fact]
    public void A_timer_can_be_changed_and_disposed()
    {
        var (clock, fired) = (new ManualClock(), 0);
        var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(0, fired);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, fired);
        timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        timer.Dispose();
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, fired);
    }

    [Fact]
    public async Task Delays_and_timeouts_run_by_it()
    {
        var clock = new ManualClock();
        var delay = Task.Delay(TimeSpan.FromHours(1), clock);
        using var timeout = new CancellationTokenSource(TimeSpan.FromHours(2), clock);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(delay.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(1));
        await delay;
        Assert.False(timeout.IsCancellationRequested);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(timeout.IsCancellationRequested);
    }

    [Fact]
    public void A_timer_that_is_due_at_once_fires_at_once()
    {
        var (clock, fired) = (new ManualClock(), 0);
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.Equal(1, fired);
    }
}
