using System.Diagnostics;
using System.Threading.Channels;

namespace HumanLoop.Queues;

/// <summary>Callers who each await their own call before they make the next.</summary>
internal static class Callers
{
    /// <summary>Long enough for hundreds of commits, short enough that other load of the machine meets the reference as well.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(1.5);

    /// <param name="callers">How many.</param>
    /// <param name="time">For how long.</param>
    /// <param name="call">One call by one of them, which says how many rows it was.</param>
    public static async Task<Sample> RunAsync(int callers, TimeSpan time, Func<int, Task<int>> call)
    {
        var clock = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var rows = 0;
            var latencies = new List<double>();
            while (clock.Elapsed < time)
            {
                var began = Stopwatch.GetTimestamp();
                var made = await call(caller);
                latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (made == 0)
                {
                    break;
                }

                rows += made;
            }

            return (rows, latencies);
        })));
        return new(done.Sum(one => one.rows), clock.Elapsed) { Milliseconds = [.. done.SelectMany(one => one.latencies).Order()] };
    }

    /// <summary>Many callers who await a commit each, and one writer that gets what they ask for.</summary>
    public static async Task<Sample> GroupAsync(int callers, Func<ChannelReader<TaskCompletionSource>, Task> write)
    {
        var channel = Channel.CreateBounded<TaskCompletionSource>(512);
        var writer = Task.Run(() => write(channel.Reader));
        var sample = await RunAsync(callers, Usual, async _ =>
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await channel.Writer.WriteAsync(done);
            await done.Task;
            return 1;
        });
        channel.Writer.Complete();
        await writer;
        return sample;
    }
}
