using HumanLoop.Reviewing;

namespace HumanLoop.Testing.Tests;

public sealed class InMemoryReviewQueueConformanceTests
{
    public static IEnumerable<object[]> Cases =>
        ReviewQueueConformance.Cases(clock => new(new InMemoryReviewQueue(clock))).Select(each => new object[] { each });

    [Theory, MemberData(nameof(Cases))]
    public Task The_in_memory_queue_keeps_the_contract(ConformanceCase promise) => promise.RunAsync();
}
