using System.Collections.Concurrent;
using System.Globalization;

namespace HumanLoop.Load;

/// <summary>How long calls took. Safe for concurrent use.</summary>
internal sealed class Latencies(string name)
{
    private readonly ConcurrentBag<double> _milliseconds = [];

    public double Median => At(Sorted(), 0.5);

    public async Task<T> TimeAsync<T>(Func<Task<T>> call)
    {
        var began = TimeProvider.System.GetTimestamp();
        var result = await call();
        _milliseconds.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        return result;
    }

    public override string ToString()
    {
        var sorted = Sorted();
        return sorted.Length == 0
            ? $"{name}: none"
            : string.Create(CultureInfo.InvariantCulture, $"{name,-44} {sorted.Length,7} calls  p50 {At(sorted, 0.5),8:0.00} ms  p99 {At(sorted, 0.99),8:0.00} ms  most {sorted[^1],8:0.00} ms");
    }

    private double[] Sorted() => [.. _milliseconds.Order()];

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
}
