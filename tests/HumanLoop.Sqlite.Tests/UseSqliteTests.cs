using System.Text.Json;
using HumanLoop.Journaling;
using HumanLoop.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Sqlite.Tests;

public sealed class UseSqliteTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_line_makes_the_file_queue_journal_and_state()
    {
        var services = new ServiceCollection();
        services.AddHumanLoop().UseSqlite($"Data Source={_folder.Path}", options => options.BusyTimeout = TimeSpan.FromSeconds(1));
        await using var provider = services.BuildServiceProvider();
        var queue = provider.GetRequiredService<IReviewQueue>();
        Assert.Same(queue, provider.GetRequiredService<IDecisionJournal>());
        Assert.Same(queue, provider.GetRequiredService<IWorkflowState>());
        await queue.EnqueueAsync(Work.Review("a"));
        Assert.Equal(1, _folder.Connect().Count("humanloop_item"));
    }

    [Fact]
    public async Task A_payload_protector_keeps_the_file_free_of_what_decisions_say()
    {
        var services = new ServiceCollection();
        services.AddHumanLoop().UseSqlite($"Data Source={_folder.Path}").UsePayloadProtector<FlippingProtector>().AddWorkflow<string>("w", workflow => workflow.Configure(options =>
        {
            (options.Owner, options.Metric.Name, options.Metric.AtLeast) = ("owner", "without a human", 0.5);
            (options.Threshold.Policy, options.Threshold.Value) = (ThresholdPolicy.Fixed, 0.9);
        }));
        await using (var provider = services.BuildServiceProvider())
        {
            var (id, desk) = (new ReviewId("w", "d"), provider.GetRequiredService<IReviewDesk>());
            await provider.GetRequiredService<IDecisionRouter<string>>().RouteAsync(new Decision<string>("kaleidoscope") { Id = "d", Confidence = 0.1, Briefing = "a kaleidoscope" });
            await desk.AddNoteAsync(id, "a kaleidoscope?", "bob");
            Assert.True((await desk.DecideAsync(id, new Verdict.Corrected(JsonSerializer.SerializeToElement("kaleidoscopes")) { Comment = "two kaleidoscopes" }, "ann")).IsApplied);
            var review = (await desk.GetAsync(id))!;
            Assert.Equal(("kaleidoscope", "kaleidoscopes", "a kaleidoscope"), (review.Proposal!.Value.GetString(), review.Correction!.Value.GetString(), review.Briefing));
        }

        foreach (var file in Directory.GetFiles(System.IO.Path.GetDirectoryName(_folder.Path)!))
        {
            Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf("kaleidoscope"u8));
        }
    }

    [Fact]
    public void A_container_may_be_disposed_either_way()
    {
        var services = new ServiceCollection();
        services.AddHumanLoop().UseSqlite($"Data Source={_folder.Path}");
        using var provider = services.BuildServiceProvider();
        Assert.IsType<SqliteStore>(provider.GetRequiredService<IReviewQueue>());
    }

    [Fact]
    public void A_wrong_connection_string_is_an_error_at_once()
    {
        var builder = new ServiceCollection().AddHumanLoop();
        Assert.Throws<ArgumentException>(() => builder.UseSqlite("Data Source=:memory:"));
    }

    [Fact]
    public async Task Documents_are_compared_and_set_and_their_entries_follow_one_another()
    {
        var (here, there) = (_folder.Open(), _folder.Open());
        Assert.True(await here.WriteAsync("refund", "switch", "off", 0, new WorkflowPaused { Reason = "why" }));
        Assert.False(await there.WriteAsync("refund", "switch", "on", 0, new WorkflowResumed()));
        Assert.True(await there.WriteAsync("refund", "switch", "on", 1, new WorkflowResumed()));
        Assert.True(await there.WriteAsync("refund", "other", "", 0, new WorkflowResumed()));
        Assert.True(await there.WriteAsync("", "stamp", "Production", 0));
        Assert.Equal(new("on", 2), await here.ReadAsync("refund", "switch"));
        Assert.Equal(new("Production", 1), await here.ReadAsync("", "stamp"));
        Assert.Null(await here.ReadAsync("refund", "stamp"));
        Assert.Equal([1, 2, 3], (await here.ReadAsync(0, 10)).Select(record => record.Entry.Version));
    }

    private sealed class FlippingProtector : IPayloadProtector
    {
        public byte[] Protect(ReadOnlySpan<byte> plain) => Array.ConvertAll(plain.ToArray(), one => (byte)(one ^ 0xA5));

        public byte[] Unprotect(ReadOnlySpan<byte> cipher) => Protect(cipher);
    }
}
