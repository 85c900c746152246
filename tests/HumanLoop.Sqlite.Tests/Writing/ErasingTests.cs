using System.Text;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Sqlite.Tests;

public sealed class ErasingTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Erased_data_is_neither_in_the_file_nor_in_its_log()
    {
        var store = _folder.Open();
        foreach (var (id, secret) in ((string, string)[])[("short", "carl-secret"), ("long", "carl-secret" + new string('x', 100_000))])
        {
            await store.EnqueueAsync(Work.Review(id, subject: "carl-secret") with { Payload = new() { Proposal = Encoding.UTF8.GetBytes($"\"{secret}\""), Subject = "carl-secret" } });
            await store.ApplyAsync(new WithdrawDecision("refund", id, "asked for"), null);
        }

        foreach (var item in (await store.ListAsync(new() { Subject = "carl-secret" })).Items)
        {
            Assert.True((await store.ApplyAsync(new ErasePayload("refund", item.DecisionId), null)).IsApplied);
        }

        Assert.Empty((await store.ListAsync(new() { Subject = "carl-secret" })).Items);
        var erased = (await store.GetAsync("refund", "short"))!;
        Assert.True(erased is { IsErased: true, Payload: null });
        Assert.Equal(Work.Facts(WorkItem.Replay(await store.StreamAsync("short"))), Work.Facts(erased));

        foreach (var file in (string[])[_folder.Path, _folder.Path + "-wal"])
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var content = new StreamReader(stream, Encoding.Latin1);
            Assert.DoesNotContain("carl-secret", await content.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Retention_erases_first_and_forgets_later()
    {
        var store = _folder.Open();
        await store.EnqueueAsync([.. Enumerable.Range(0, 5).Select(i => Work.Review($"{i}"))]);
        for (var i = 0; i < 4; i++)
        {
            await store.ApplyAsync(new WithdrawDecision("refund", $"{i}", "mistake"), null);
        }

        var sweep = Work.Sweep(retention: TimeSpan.FromDays(1)) with { Max = 3 };
        _folder.Clock.Advance(TimeSpan.FromDays(1));
        var first = await store.SweepAsync(sweep);
        Assert.Equal((3, true), (first.Entries.OfType<PayloadErased>().Count(), first.More));
        Assert.Single((await store.SweepAsync(sweep)).Entries);
        Assert.Equal(1, _folder.Connect().Count("humanloop_payload"));

        _folder.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(3, (await store.SweepAsync(sweep)).Forgotten);
        Assert.Equal(1, (await store.SweepAsync(sweep)).Forgotten);
        Assert.Equal("4", Assert.Single((await store.ListAsync(new())).Items).DecisionId.Value);
        Assert.Equal(13, _folder.Connect().Count("humanloop_journal"));
    }

    [Fact]
    public async Task Work_of_workflows_that_are_not_swept_holds_up_nobody()
    {
        var store = _folder.Open();
        var due = _folder.Clock.GetUtcNow().AddHours(1);
        await store.EnqueueAsync([.. Enumerable.Range(0, 20).Select(i => Work.Review($"{i}", "retired", due: due)), Work.Review("a", due: due)]);
        _folder.Clock.Advance(TimeSpan.FromHours(2));
        var result = await store.SweepAsync(Work.Sweep() with { Max = 5 });
        Assert.Equal("lead", Assert.IsType<ReviewOverdue>(Assert.Single(result.Entries)).Told);
        Assert.False(result.More);
    }
}
