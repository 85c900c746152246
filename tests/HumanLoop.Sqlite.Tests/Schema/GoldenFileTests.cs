using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Sqlite.Tests;

/// <summary>Files that were written by published versions stay readable for ever; they are never made again.</summary>
public sealed class GoldenFileTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_schema_1_is_read_and_worked_on()
    {
        _folder.Connect().Run(GoldenFile.Read("store__v1.sql"));
        var store = _folder.Open();
        _folder.Clock.Advance(TimeSpan.FromMinutes(2));

        await GoldenStore.CheckAsync(store, entries: 11, "waits", "corrected", "erased", "new");
        Assert.Equal(["waits", "new"], (await store.ClaimAsync(Work.Claim("bob", 10))).Select(item => item.DecisionId.Value));
        Assert.Equal("corrected", Assert.Single(await store.ClaimAsync(Work.Claim("process") with { Purpose = WorkPurpose.Act })).DecisionId.Value);
    }

    [Fact]
    public async Task An_upgraded_file_has_the_tables_of_a_new_one()
    {
        _folder.Connect().Run(GoldenFile.Read("store__v1.sql"));
        await _folder.Open().WriteAsync("refund", "other", "", 0);
        using var fresh = new StoreFolder();
        await fresh.Open().WriteAsync("refund", "other", "", 0);
        Assert.Equal(Tables(fresh), Tables(_folder));

        static List<string> Tables(StoreFolder folder) => folder.Connect().Read("SELECT replace(coalesce(sql, ''), char(13), '') FROM sqlite_schema ORDER BY type, name");
    }
}
