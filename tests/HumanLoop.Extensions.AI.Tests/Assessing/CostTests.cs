using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using static HumanLoop.Extensions.AI.Tests.ScriptedModel;

namespace HumanLoop.Extensions.AI.Tests.Assessing;

/// <summary>What a confidence costs is measured.</summary>
public sealed class CostTests
{
    [Fact]
    public async Task Calls_tokens_and_time_are_metrics_by_method()
    {
        using var costs = new Costs("self-consistency-7-t0.7");
        var model = new ScriptedModel([.. Enumerable.Repeat(Says("""{"answer":"a"}"""), 8)]);

        await model.GetDecisionAsync([new(ChatRole.User, "?")], ChatConfidence.SelfConsistency(new() { Samples = 7 }), InvoiceJson.Default.String);

        Assert.Equal(7, costs.Measured.Where(each => each.Name == ChatConfidenceDiagnostics.Calls).Sum(each => each.Value));
        Assert.Equal(70, costs.Measured.Where(each => each.Name == ChatConfidenceDiagnostics.Tokens && each.Tags[ChatConfidenceDiagnostics.TokenTypeTag] == "input").Sum(each => each.Value));
        Assert.Equal(14, costs.Measured.Where(each => each.Name == ChatConfidenceDiagnostics.Tokens && each.Tags[ChatConfidenceDiagnostics.TokenTypeTag] == "output").Sum(each => each.Value));
        Assert.Single(costs.Measured, each => each.Name == ChatConfidenceDiagnostics.Duration);
    }

    [Fact]
    public async Task A_source_that_fails_is_timed_with_what_failed_and_leaves_the_reason_to_the_loop()
    {
        using var costs = new Costs("self-consistency-9-t0.7");
        var source = new ChatConfidenceSource<Invoice>(new ScriptedModel(), ChatConfidence.SelfConsistency(new() { Samples = 9 }), InvoiceJson.Default.Invoice);

        await Assert.ThrowsAsync<InvalidOperationException>(() => source.AssessAsync(new Decision<Invoice>(new("Acme", 2, true)) { Briefing = "An invoice." }, default).AsTask());

        Assert.Equal("System.InvalidOperationException", Assert.Single(costs.Measured, each => each.Name == ChatConfidenceDiagnostics.Duration).Tags["error.type"]);
    }

    /// <summary>Listens to the costs of one method.</summary>
    private sealed class Costs : IDisposable
    {
        private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, string?> Tags)> _measured = new();
        private readonly MeterListener _listener;

        public Costs(string method)
        {
            _listener = new() { InstrumentPublished = (instrument, listener) => { if (instrument.Meter.Name == "HumanLoop") { listener.EnableMeasurementEvents(instrument); } } };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(method, instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(method, instrument, value, tags));
            _listener.Start();
        }

        public IReadOnlyList<(string Name, double Value, Dictionary<string, string?> Tags)> Measured => [.. _measured];

        public void Dispose() => _listener.Dispose();

        private void Add(string method, Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
            if (all.GetValueOrDefault(ChatConfidenceDiagnostics.MethodTag) == method)
            {
                _measured.Enqueue((instrument.Name, value, all));
            }
        }
    }
}
