using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Sqlite.Tests;

/// <summary>Files that were written by published versions stay readable for ever; they are never made again.</summary>
public sealed class GoldenFileTests : IDisposable
{
    private static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "Golden", "store__v1.sql");

    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_schema_1_is_read_and_worked_on()
    {
        _folder.Connect().Run(await File.ReadAllTextAsync(Golden));
        var store = _folder.Open();
        _folder.Clock.Advance(TimeSpan.FromMinutes(2));

        var waits = (await store.GetAsync("refund", "waits"))!;
        Assert.Equal((ReviewState.Pending, 3L, 3L, "vip"), (waits.State, waits.Version, waits.Revision, waits.Routed.Segment));
        Assert.Equal(["ann"], waits.Abstained);
        var payload = waits.Payload!;
        Assert.Equal(("""{"order":"waits","note":"it's grün"}""", "a refund", "carl"), (Work.Text(payload.Proposal), payload.Briefing, payload.Subject));
        Assert.Equal(0.5, payload.Fields!["total"].Value);
        var corrected = (await store.GetAsync("refund", "corrected"))!;
        Assert.Equal(("""{"order":"corrected","amount":1}""", "too much", "amount"), (Work.Text(corrected.Payload!.Correction), corrected.Payload.Comment, corrected.Verdict!.Reason));
        Assert.True((await store.GetAsync("refund", "erased"))! is { IsErased: true, Payload: null });
        Assert.Equal(new("{\"paused\":true}", 1), await store.ReadAsync("refund", "switch"));
        Assert.Equal(11, (await store.ReadAsync(0, 100)).Count);
        foreach (var id in (string[])["waits", "corrected", "erased", "new"])
        {
            Assert.Equal(Work.Facts(WorkItem.Replay(await store.StoryAsync(id))), Work.Facts((await store.GetAsync("refund", id))!));
        }

        Assert.Equal(["waits", "new"], (await store.ClaimAsync(Work.Claim("bob", 10))).Select(item => item.DecisionId.Value));
        Assert.Equal("corrected", Assert.Single(await store.ClaimAsync(Work.Claim("process") with { Purpose = WorkPurpose.Act })).DecisionId.Value);
    }

    [Fact]
    public async Task An_upgraded_file_has_the_tables_of_a_new_one()
    {
        _folder.Connect().Run(await File.ReadAllTextAsync(Golden));
        await _folder.Open().WriteAsync("refund", "other", "", 0);
        using var fresh = new StoreFolder();
        await fresh.Open().WriteAsync("refund", "other", "", 0);
        Assert.Equal(Tables(fresh), Tables(_folder));

        static List<string> Tables(StoreFolder folder) => folder.Connect().Read("SELECT replace(coalesce(sql, ''), char(13), '') FROM sqlite_schema ORDER BY type, name");
    }
}
