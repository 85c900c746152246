using HumanLoop.Queueing;
using HumanLoop.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

/// <summary>The conformance cases need no particular test framework: here they run under MSTest.</summary>
[TestClass]
public sealed class ConformanceTests
{
    public static IEnumerable<object[]> Cases =>
        ReviewQueueConformance.Cases(clock => new(new InMemoryReviewQueue(clock))).Select(each => new object[] { each });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public Task The_in_memory_queue_keeps_the_contract(ConformanceCase promise) => promise.RunAsync();
}
