using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Testing.Tests;

public sealed class InMemoryConformanceTests
{
    public static IEnumerable<object[]> QueueCases =>
        Rows(ReviewQueueConformance.Cases(clock => new(new InMemoryReviewQueue(clock))));

    public static IEnumerable<object[]> JournalCases =>
        Rows([
            .. DecisionJournalConformance.Cases(_ => new(new InMemoryDecisionJournal())),
            .. DecisionJournalConformance.Cases(clock => new(new InMemoryReviewQueue(clock))),
        ]);

    public static IEnumerable<object[]> StateCases =>
        Rows(WorkflowStateConformance.Cases(clock => new(new InMemoryReviewQueue(clock))));

    [Theory, MemberData(nameof(QueueCases))]
    public Task The_in_memory_queue_keeps_the_contract(ConformanceCase promise) => promise.RunAsync();

    [Theory, MemberData(nameof(JournalCases))]
    public Task The_in_memory_journals_keep_the_contract(ConformanceCase promise) => promise.RunAsync();

    [Theory, MemberData(nameof(StateCases))]
    public Task The_in_memory_state_keeps_the_contract(ConformanceCase promise) => promise.RunAsync();

    private static IEnumerable<object[]> Rows(IEnumerable<ConformanceCase> cases) => cases.Select(each => new object[] { each });
}
