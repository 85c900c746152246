using System.Globalization;

namespace HumanLoop.Load;

/// <summary>How long calls took. Safe for concurrent use.</summary>
internal sealed class Latencies(string name)
{
    private readonly System.Collections.Concurrent.ConcurrentBag<double> _milliseconds = [];

    public async Task<T> TimeAsync<T>(Func<Task<T>> call)
    {
        var began = TimeProvider.System.GetTimestamp();
        var result = await call();
        _milliseconds.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        return result;
    }

    public override string ToString()
    {
        double[] sorted = [.. _milliseconds.Order()];
        return sorted.Length == 0
            ? $"{name}: none"
            : string.Create(CultureInfo.InvariantCulture, $"{name,-28} {sorted.Length,7} calls  p50 {At(0.5),7:0.00} ms  p99 {At(0.99),7:0.00} ms  most {sorted[^1],7:0.00} ms");

        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
