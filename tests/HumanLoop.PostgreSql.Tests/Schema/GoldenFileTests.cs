using HumanLoop.Queueing;
using HumanLoop.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace HumanLoop.PostgreSql.Tests;

/// <summary>Tables that a published version made, and what it wrote into them, stay readable for ever: these files are never made again.</summary>
[Collection(ServerTests.Name)]
public sealed class GoldenFileTests
{
    private static readonly DateTimeOffset Then = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_script_of_version_1_is_what_it_was()
    {
        var script = Schema.Script("humanloop", 0) + Schema.Partition("humanloop", Then, ifMissing: true) + ";\n" + Schema.Grants("humanloop", "app");
        Assert.Equal(GoldenFile.Read("schema__v1.sql"), script.ReplaceLineEndings("\n"));
    }

    [PostgresFact]
    [Trait("Category", "Server")]
    public async Task Tables_of_version_1_are_read_and_worked_on()
    {
        Server.Cluster.Execute("CREATE DATABASE golden");
        Server.Cluster.Execute("CREATE ROLE app LOGIN");
        Server.Cluster.Execute(GoldenFile.Read("schema__v1.sql"), "golden");
        Server.Cluster.Execute(GoldenFile.Read("store__v1.sql"), "golden");
        var clock = new ManualClock(Then.AddMinutes(2));
        var server = Sources.Parse(Server.Cluster.ConnectionString("golden"));
        server.Username = "app";
        await using var store = new PostgreSqlStore(Sources.Open(server, null), new() { CreateSchema = false, AllowDataLoss = true }, clock, NullLogger<PostgreSqlStore>.Instance);

        await GoldenStore.CheckAsync(store, entries: 14, "waits", "corrected", "erased", "skilled", "assigned", "new");
        Assert.Equal(["waits", "assigned", "new"], Ids(await store.ClaimAsync(Work.Claim("bob", 10))));
        Assert.Equal(["skilled"], Ids(await store.ClaimAsync(Work.Claim("eve", 10) with { Skills = ["german", "fraud"] })));
        Assert.Equal(["corrected"], Ids(await store.ClaimAsync(Work.Claim("process") with { Purpose = WorkPurpose.Act })));
        await store.EnqueueAsync(Work.Review("later"));
        Assert.Equal(20, (await store.ReadAsync(0, 100)).Count);

        static IEnumerable<string> Ids(IEnumerable<WorkItem> items) => items.Select(item => item.DecisionId.Value);
    }
}
