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
        const string Method = "self-consistency-7-t0.7";
        var measured = new ConcurrentBag<(string Name, double Value, string? Type)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, all) => { if (instrument.Meter.Name == "HumanLoop") { all.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        var model = new ScriptedModel([.. Enumerable.Repeat(Says("""{"answer":"a"}"""), 8)]);

        await model.GetDecisionAsync([new(ChatRole.User, "?")], ChatConfidence.SelfConsistency(new() { Samples = 7 }), InvoiceJson.Default.String);

        Assert.Equal(7, measured.Where(each => each.Name == ChatConfidenceDiagnostics.Calls).Sum(each => each.Value));
        Assert.Equal(70, measured.Where(each => each is { Name: ChatConfidenceDiagnostics.Tokens, Type: "input" }).Sum(each => each.Value));
        Assert.Equal(14, measured.Where(each => each is { Name: ChatConfidenceDiagnostics.Tokens, Type: "output" }).Sum(each => each.Value));
        Assert.Single(measured, each => each.Name == ChatConfidenceDiagnostics.Duration);

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
            if (all.GetValueOrDefault(ChatConfidenceDiagnostics.MethodTag) == Method)
            {
                measured.Add((instrument.Name, value, all.GetValueOrDefault(ChatConfidenceDiagnostics.TokenTypeTag)));
            }
        }
    }
}
