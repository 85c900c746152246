using System.Collections.Concurrent;
using System.Diagnostics;
using HumanLoop.Diagnostics;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Diagnostics;

public sealed class SpanTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public SpanTests()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == HumanLoopDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_verdicts_span_links_to_the_span_that_routed_the_decision()
    {
        await using var loop = new TestLoop();
        ActivityTraceId routing;
        ActivityTraceId reviewing;
        using (var request = new Activity("request").Start())
        {
            routing = request.TraceId;
            await loop.RouteAsync("r-1", 0.1);
            Assert.Same(request, Activity.Current);
        }

        using (var request = new Activity("inbox").Start())
        {
            reviewing = request.TraceId;
            await loop.DecideAsync("r-1", new Verdict.Approved());
        }

        var decide = Assert.Single(_ended, span => span.TraceId == routing && span.OperationName == "humanloop.decide");
        var review = Assert.Single(_ended, span => span.TraceId == reviewing && span.OperationName == "humanloop.review");
        var link = Assert.Single(review.Links).Context;
        Assert.Equal((decide.TraceId, decide.SpanId), (link.TraceId, link.SpanId));
        Assert.Equal(decide.Id, (await loop.ItemAsync("r-1")).Routed.TraceParent);
        Assert.Equal(
            [("humanloop.reason", "below_threshold"), ("humanloop.route", "review"), ("humanloop.workflow", "refund")],
            decide.TagObjects.Select(tag => (tag.Key, tag.Value?.ToString())).Order());
        Assert.Equal([("humanloop.verdict", "approved"), ("humanloop.workflow", "refund")], review.TagObjects.Select(tag => (tag.Key, tag.Value?.ToString())).Order());
    }

    [Fact]
    public async Task A_batch_is_one_span_that_verdicts_link_to()
    {
        await using var loop = new TestLoop();
        using var request = new Activity("request").Start();

        await loop.Router.RouteManyAsync(new[] { TestLoop.Decision("r-1", 0.1), TestLoop.Decision("r-2", 0.1) }.ToAsyncEnumerable()).ToListAsync();

        var decide = Assert.Single(_ended, span => span.TraceId == request.TraceId);
        Assert.Equal(decide.Id, (await loop.ItemAsync("r-2")).Routed.TraceParent);
    }
}
