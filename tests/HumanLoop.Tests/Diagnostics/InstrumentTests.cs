using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using HumanLoop.Diagnostics;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.Tests.Diagnostics;

public sealed class InstrumentTests : IDisposable
{
    private static readonly string[] Attributes = ["humanloop.workflow", "humanloop.segment", "humanloop.route", "humanloop.reason", "humanloop.verdict"];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Measured> _measured = new();
    private readonly ConcurrentDictionary<string, (string? Unit, string Kind)> _instruments = new();
    private readonly TestLoop _loop;

    public InstrumentTests()
    {
        _loop = new TestLoop(
            settings: TestLoop.Settings(("Threshold:AuditBudget", "1"), ("Acting:Retries", "0"), ("Review:EscalateTo:0", "bob")),
            services: services => services.AddMetrics());
        var factory = _loop.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == HumanLoopDiagnostics.MeterName && instrument.Meter.Scope == factory)
            {
                _instruments[instrument.Name] = (instrument.Unit, instrument.GetType().Name.Split('`')[0]);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _measured.Enqueue(new(instrument.Name, value, Copy(tags))));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _measured.Enqueue(new(instrument.Name, value, Copy(tags))));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _loop.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    [Fact]
    public async Task The_instruments_are_those_of_the_contract()
    {
        await _loop.RouteAsync("r-0");

        Assert.Equal(
            new Dictionary<string, (string?, string)>
            {
                ["humanloop.decisions"] = ("{decision}", "Counter"),
                ["humanloop.decision.confidence"] = ("1", "Histogram"),
                ["humanloop.reviews"] = ("{review}", "Counter"),
                ["humanloop.review.pending"] = ("{review}", "ObservableGauge"),
                ["humanloop.review.oldest.age"] = ("s", "ObservableGauge"),
                ["humanloop.review.wait.duration"] = ("s", "Histogram"),
                ["humanloop.review.handling.duration"] = ("s", "Histogram"),
                ["humanloop.threshold"] = ("1", "ObservableGauge"),
                ["humanloop.error.estimate"] = ("1", "ObservableGauge"),
                ["humanloop.threshold.changes"] = ("{change}", "Counter"),
                ["humanloop.dead_letters"] = ("{decision}", "ObservableGauge"),
            }.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            _instruments.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (pair.Value.Unit, pair.Value.Kind))));
    }

    [Fact]
    public async Task A_decision_is_counted_once_by_route_and_reason_with_its_confidence()
    {
        await _loop.Router.RouteAsync(TestLoop.Decision("sure") with { Segment = "small" });
        await _loop.RouteAsync("sure-again", 0.97);
        await _loop.RouteAsync("unsure", 0.4);
        await _loop.RouteAsync("unscored", null);
        await _loop.Router.RouteAsync(TestLoop.Decision("sure") with { Segment = "small" });

        var decisions = Of("humanloop.decisions");
        Assert.Equal(4, decisions.Count);
        Assert.All(decisions, one => Assert.Equal(1, one.Value));
        Assert.Equal(
            [("small", "audit", "audit_draw"), (null, "audit", "audit_draw"), (null, "review", "below_threshold"), (null, "review", "confidence_missing")],
            decisions.Select(one => (one["humanloop.segment"], one["humanloop.route"], one["humanloop.reason"])));
        Assert.Equal([0.95, 0.97, 0.4], Of("humanloop.decision.confidence").Select(one => one.Value));
    }

    [Fact]
    public async Task A_verdict_is_counted_with_the_time_it_waited_and_the_time_it_took()
    {
        await _loop.RouteAsync("r-1", 0.1);
        _loop.Clock.Advance(TimeSpan.FromSeconds(100));
        var review = Assert.Single(await _loop.Desk.ClaimAsync(new(), "ana"));
        _loop.Clock.Advance(TimeSpan.FromSeconds(20));
        await _loop.Desk.DecideAsync(review.Id, review.Revision, new Verdict.Approved(), "ana");
        await _loop.Desk.DecideAsync(review.Id, review.Revision, new Verdict.Approved(), "ana");
        await _loop.RouteAsync("r-2", 0.1);
        await _loop.DecideAsync("r-2", new Verdict.Abstained());
        await _loop.DecideAsync("r-2", new Verdict.Rejected(), "bob");

        Assert.Equal(["approved", "abstained", "rejected"], Of("humanloop.reviews").Select(one => one["humanloop.verdict"]));
        Assert.Equal([120.0, 0], Of("humanloop.review.wait.duration").Select(one => one.Value));
        Assert.Equal(20.0, Assert.Single(Of("humanloop.review.handling.duration")).Value);
    }

    [Fact]
    public async Task What_waits_its_age_dead_letters_the_threshold_and_the_error_estimate_are_gauged()
    {
        await _loop.RouteAsync("r-1", 0.1);
        await _loop.RouteAsync("r-2");
        await _loop.RouteAsync("r-3");
        await _loop.DecideAsync("r-2", new Verdict.Approved());
        await _loop.DecideAsync("r-3", new Verdict.Rejected { Reason = "wrong" });
        _loop.Handler.Throws(_ => true);
        await _loop.RouteAsync("r-4");
        _loop.Clock.Advance(TimeSpan.FromSeconds(90));
        await SweepAsync();

        _listener.RecordObservableInstruments();

        Assert.Equal(1, Of("humanloop.review.pending").Single().Value);
        Assert.Equal(90, Of("humanloop.review.oldest.age").Single().Value);
        Assert.Equal(1, Of("humanloop.dead_letters").Single().Value);
        Assert.Equal(0.9, Of("humanloop.threshold").Single().Value);
        Assert.Equal(0.5, Of("humanloop.error.estimate").Single().Value);
    }

    [Fact]
    public async Task A_change_of_the_threshold_in_force_is_counted_and_everything_reviewed_is_above_every_confidence()
    {
        await _loop.RouteAsync("r-0", 0.1);
        await LearnAsync();
        Assert.Empty(Of("humanloop.threshold.changes"));

        foreach (var (key, value) in new[] { ("Threshold:Policy", null), ("Threshold:Value", null), ("Threshold:MaxErrorRate", "0.05") })
        {
            _loop.Configuration[TestLoop.PathOf(key)] = value;
        }

        _loop.Configuration.Reload();
        await LearnAsync();
        await SweepAsync();
        _listener.RecordObservableInstruments();

        Assert.Equal((1, "new_goal"), (Assert.Single(Of("humanloop.threshold.changes")).Value, Of("humanloop.threshold.changes")[0]["humanloop.reason"]));
        Assert.Equal(2, Of("humanloop.threshold").Last().Value);
    }

    [Fact]
    public async Task No_attribute_is_an_id_a_proposal_or_a_reviewer()
    {
        await _loop.StartAsync();
        await _loop.Router.RouteAsync(TestLoop.Decision("id-of-a-decision") with { Segment = "small", Subject = "subject-of-the-data", Briefing = "briefing", Model = "model-1" });
        await _loop.RouteAsync("id-2", 0.1);
        await _loop.Desk.ClaimAsync(new(), "reviewer-ana");
        await _loop.DecideAsync("id-of-a-decision", new Verdict.Corrected(JsonSerializer.SerializeToElement(new Refund("Charles", 4711), JsonSerializerOptions.Web)) { Comment = "comment", Reason = "reason-code" }, "reviewer-ana");
        await _loop.UntilSettledAsync("id-of-a-decision");
        _listener.RecordObservableInstruments();

        var tags = _measured.SelectMany(one => one.Tags).ToArray();

        Assert.All(tags, tag => Assert.Contains(tag.Key, Attributes));
        Assert.Equal(["audit", "audit_draw", "below_threshold", "corrected", "refund", "review", "small"], tags.Select(tag => tag.Value).Distinct().Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, string?> Copy(ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value?.ToString());

    private Task<bool> LearnAsync() => _loop.Services.GetRequiredService<HumanLoop.Observing.JournalProjector>().ProjectAsync(CancellationToken.None);

    private Task SweepAsync() => _loop.Services.GetRequiredService<HumanLoop.Hosting.Heartbeat>().SweepAsync(CancellationToken.None);

    private List<Measured> Of(string name) => [.. _measured.Where(one => one.Name == name)];

    private sealed record Measured(string Name, double Value, Dictionary<string, string?> Tags)
    {
        public string? this[string attribute] => Tags.GetValueOrDefault(attribute);
    }
}
