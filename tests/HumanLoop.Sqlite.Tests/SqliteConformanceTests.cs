using System.Collections.Concurrent;
using HumanLoop.Reviewing;
using HumanLoop.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace HumanLoop.Sqlite.Tests;

/// <summary>The promises that all stores keep, on real files; each case has a file of its own and opens it again where it is about durability.</summary>
public sealed class SqliteConformanceTests : IDisposable
{
    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("humanloop-conformance-");
    private static readonly ConcurrentDictionary<SqliteStore, string> Files = [];

    public static IEnumerable<object[]> QueueCases => Rows(ReviewQueueConformance.Cases(
        clock => new(Open(clock)),
        async (store, clock) => await ReopenAsync((SqliteStore)store, clock)));

    public static IEnumerable<object[]> JournalCases => Rows(DecisionJournalConformance.Cases(
        clock => new(Open(clock)),
        async (store, clock) => await ReopenAsync((SqliteStore)store, clock)));

    public static IEnumerable<object[]> StateCases => Rows(WorkflowStateConformance.Cases(
        clock => new(Open(clock)),
        reopen: async (store, clock) => await ReopenAsync((SqliteStore)store, clock)));

    [Theory, MemberData(nameof(QueueCases))]
    public Task The_queue_on_SQLite_keeps_the_contract(ConformanceCase promise) => promise.RunAsync();

    [Theory, MemberData(nameof(JournalCases))]
    public Task The_journal_on_SQLite_keeps_the_contract(ConformanceCase promise) => promise.RunAsync();

    [Theory, MemberData(nameof(StateCases))]
    public Task The_state_on_SQLite_keeps_the_contract(ConformanceCase promise) => promise.RunAsync();

    /// <summary>After each case: its files are closed by then, and the next case has its own.</summary>
    public void Dispose()
    {
        foreach (var file in Folder.GetFiles())
        {
            file.Delete();
        }
    }

    private static SqliteStore Open(TimeProvider clock) => Open(Path.Combine(Folder.FullName, $"{Guid.CreateVersion7():N}.db"), clock);

    private static SqliteStore Open(string file, TimeProvider clock)
    {
        var store = new SqliteStore($"Data Source={file}", new(), clock, NullLogger<SqliteStore>.Instance);
        Files[store] = file;
        return store;
    }

    private static async ValueTask<SqliteStore> ReopenAsync(SqliteStore store, TimeProvider clock)
    {
        Files.Remove(store, out var file);
        await store.DisposeAsync();
        return Open(file!, clock);
    }

    private static IEnumerable<object[]> Rows(IEnumerable<ConformanceCase> cases) => cases.Select(each => new object[] { each });
}
