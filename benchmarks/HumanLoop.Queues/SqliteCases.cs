using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Queues;

/// <summary>The SQLite store with <c>synchronous=FULL</c>, beside its floor.</summary>
internal sealed class SqliteCases : IDisposable
{
    private const string Review = "SQLite claim and verdict, 1 reviewer";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("humanloop-queues-");
    private readonly SqliteFloor _reference;
    private readonly int _body;
    private int _files;

    public SqliteCases()
    {
        _body = BodyOf().GetAwaiter().GetResult();
        _reference = new(NextFile(), _body);
    }

    public IEnumerable<Case> All
    {
        get
        {
            var reference = new Reference(_reference.ThinAsync);
            return [.. ((int[])[32, 256]).SelectMany(callers => Enqueue(callers, reference)), new(Review, reference, ReviewAsync) { Targets = [PostgreSqlCases.OfReference(0.25, Review)] }];
        }
    }

    public void Dispose()
    {
        _reference.Dispose();
        _folder.Delete(recursive: true);
    }

    private IEnumerable<Case> Enqueue(int callers, Reference reference)
    {
        var (floor, route) = ($"SQLite raw, {callers} callers, group commit", $"SQLite route, {callers} callers");
        yield return new(floor, reference, async () =>
        {
            using var raw = new SqliteFloor(NextFile(), _body);
            return await raw.GroupCommitAsync(callers);
        });
        yield return new(route, reference, async () =>
        {
            await using var loop = Open(NextFile());
            await loop.RouteManyAsync(256);
            return await Callers.RunAsync(callers, Callers.Usual, _ => loop.RouteAsync(1234));
        })
        {
            Floor = floor,
            Targets = callers == 32
                ? [PostgreSqlCases.OfFloor(route, floor), Target.AtMost(3, "× its p50: p99", results => results.Percentile(route, 0.99) / results.Percentile(route, 0.5))]
                : [PostgreSqlCases.OfFloor(route, floor)],
        };
    }

    private async Task<Sample> ReviewAsync()
    {
        await using var loop = Open(NextFile());
        await loop.RouteManyAsync(20_000);
        return await Callers.RunAsync(1, Callers.Usual, _ => loop.ReviewAsync("ann"));
    }

    /// <summary>How many bytes of journal the library writes for a routed decision.</summary>
    private async Task<int> BodyOf()
    {
        var file = NextFile();
        await using (var loop = Open(file))
        {
            await loop.RouteAsync(1234);
        }

        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        await using var command = new SqliteCommand("SELECT max(length(body)) FROM humanloop_journal WHERE decision <> ''", connection);
        return (int)(long)(await command.ExecuteScalarAsync())!;
    }

    private static Loop Open(string file) => new(store => store.UseSqlite($"Data Source={file}"));

    private string NextFile() => Path.Combine(_folder.FullName, $"{_files++}.db");
}
