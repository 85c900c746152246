using System.Runtime.CompilerServices;
using HumanLoop.Testing;

namespace HumanLoop.PostgreSql.Tests;

[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class ConformanceTests
{
    private static readonly ConditionalWeakTable<object, string> Schemas = [];

    public static IEnumerable<object[]> Cases => Rows([
        .. ReviewQueueConformance.Cases(clock => new(Create(clock)), (queue, clock) => new(Reopen(queue, clock))),
        .. DecisionJournalConformance.Cases(clock => new(Create(clock)), (journal, clock) => new(Reopen(journal, clock))),
        .. WorkflowStateConformance.Cases(clock => new(Create(clock)), reopen: (state, clock) => new(Reopen(state, clock))),
    ]);

    [PostgresTheory, MemberData(nameof(Cases))]
    public Task The_PostgreSQL_store_keeps_the_contract(ConformanceCase promise)
    {
        ArgumentNullException.ThrowIfNull(promise);
        return promise.RunAsync();
    }

    private static PostgreSqlStore Create(TimeProvider clock) => Open(Server.NewSchema(), clock);

    private static PostgreSqlStore Reopen(object store, TimeProvider clock) => Open(Schemas.TryGetValue(store, out var schema) ? schema : throw new ArgumentException("Not made here.", nameof(store)), clock);

    private static PostgreSqlStore Open(string schema, TimeProvider clock)
    {
        var store = Server.Open(schema, clock);
        Schemas.Add(store, schema);
        return store;
    }

    private static IEnumerable<object[]> Rows(IEnumerable<ConformanceCase> cases) => cases.Select(each => new object[] { each });
}
