namespace HumanLoop.Testing;

/// <summary>A clock that stands still until a test moves it. Timers and delays made by it fire when it passes their moment.</summary>
/// <remarks>Safe for concurrent use. It begins on 5 January 2026, a Monday, at 08:00 UTC; its local time zone is UTC.</remarks>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now;

    /// <summary>Makes a clock that stands at a fixed moment.</summary>
    public ManualClock()
        : this(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Makes a clock that stands at a given moment.</summary>
    /// <param name="start">The moment.</param>
    public ManualClock(DateTimeOffset start) => _now = start.ToUniversalTime();

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Moves the clock forward and fires, in order of time, the timers that fall due on the way.</summary>
    /// <param name="by">By how much; not negative.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var until = GetUtcNow() + by;
        while (NextDue(until) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on to the first timer up to a moment; if there is none, to the moment itself.</summary>
    private ManualTimer? NextDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            var timer = _timers.Where(each => each.Due <= until).MinBy(each => each.Due);
            var reached = timer?.Due ?? until;
            _now = reached > _now ? reached : _now;
            if (timer is not null)
            {
                timer.Due = timer.Period > TimeSpan.Zero ? timer.Due + timer.Period : null;
            }

            return timer;
        }
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Period = period;
                Due = dueTime < TimeSpan.Zero ? null : clock._now + dueTime;
                if (!clock._timers.Contains(this))
                {
                    clock._timers.Add(this);
                }
            }

            if (dueTime == TimeSpan.Zero)
            {
                // Due already: a real timer fires it at once, without waiting for anybody to move the clock.
                clock.Advance(TimeSpan.Zero);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                Due = null;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
