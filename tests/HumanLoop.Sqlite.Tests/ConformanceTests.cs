using System.Runtime.CompilerServices;
using HumanLoop.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace HumanLoop.Sqlite.Tests;

public sealed class ConformanceTests : IClassFixture<ConformanceTests.Folder>
{
    private static readonly DirectoryInfo Root = Directory.CreateTempSubdirectory("humanloop-");
    private static readonly ConditionalWeakTable<object, string> Files = [];

    public static IEnumerable<object[]> Cases => Rows([
        .. ReviewQueueConformance.Cases(clock => new(Create(clock)), (queue, clock) => new(Reopen(queue, clock))),
        .. DecisionJournalConformance.Cases(clock => new(Create(clock))),
        .. WorkflowStateConformance.Cases(clock => new(Create(clock)), reopen: (state, clock) => new(Reopen(state, clock))),
    ]);

    [Theory, MemberData(nameof(Cases))]
    public Task The_SQLite_store_keeps_the_contract(ConformanceCase promise)
    {
        ArgumentNullException.ThrowIfNull(promise);
        return promise.RunAsync();
    }

    private static SqliteStore Create(TimeProvider clock) => Open(Path.Combine(Root.FullName, $"{Guid.CreateVersion7()}.db"), clock);

    private static SqliteStore Reopen(object store, TimeProvider clock) => Open(Files.TryGetValue(store, out var file) ? file : throw new ArgumentException("Not made here.", nameof(store)), clock);

    private static SqliteStore Open(string file, TimeProvider clock)
    {
        var store = new SqliteStore($"Data Source={file}", new(), clock, NullLogger<SqliteStore>.Instance);
        Files.Add(store, file);
        return store;
    }

    private static IEnumerable<object[]> Rows(IEnumerable<ConformanceCase> cases) => cases.Select(each => new object[] { each });

    /// <summary>Clears up after the last case.</summary>
    public sealed class Folder : IDisposable
    {
        public void Dispose() => Root.Delete(recursive: true);
    }
}
