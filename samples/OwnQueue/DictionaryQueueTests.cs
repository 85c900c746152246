using HumanLoop.Testing;
using Xunit;

namespace OwnQueue;

public sealed class DictionaryQueueTests
{
    public static IEnumerable<object[]> Cases =>
        ReviewQueueConformance.Cases(clock => new(new DictionaryQueue(clock))).Select(promise => new object[] { promise });

    [Theory, MemberData(nameof(Cases))]
    public Task My_queue_keeps_the_contract(ConformanceCase promise) => promise.RunAsync();
}
