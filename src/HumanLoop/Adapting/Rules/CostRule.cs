using System.Text.Json;

namespace HumanLoop.Adapting;

/// <summary>The rule of <see cref="CostOptimalThreshold"/>.</summary>
internal sealed class CostRule(CostBalance balance) : ThresholdRule
{
    private readonly List<(double Confidence, bool WasRight)> _sample = [];
    private Threshold? _fitted;

    internal override string Policy => "cost-optimal";

    internal override Threshold Threshold => _fitted ?? Threshold.ReviewEverything;

    internal override void Reset()
    {
        _sample.Clear();
        _fitted = null;
    }

    internal override void Count(double confidence, bool wasRight, double maxErrorRate)
    {
        if (_fitted is not null)
        {
            return;
        }

        _sample.Add((confidence, wasRight));
        if (_sample.Count == CostBalance.SampleSize)
        {
            _fitted = Fit();
            _sample.Clear();
        }
    }

    internal override void Save(Utf8JsonWriter writer)
    {
        writer.WriteBoolean("fitted", _fitted is not null);
        if (_fitted is { IsReviewEverything: false } threshold)
        {
            writer.WriteNumber("threshold", threshold.Value);
        }

        writer.WriteStartArray("sample");
        foreach (var (confidence, wasRight) in _sample)
        {
            writer.WriteNumberValue(confidence);
            writer.WriteNumberValue(wasRight ? 1 : 0);
        }

        writer.WriteEndArray();
    }

    internal override void Load(JsonElement json)
    {
        Reset();
        if (json.GetProperty("fitted").GetBoolean())
        {
            _fitted = json.TryGetProperty("threshold", out var threshold) ? new(threshold.GetDouble()) : Threshold.ReviewEverything;
        }

        var numbers = json.GetProperty("sample");
        for (var i = 0; i + 1 < numbers.GetArrayLength(); i += 2)
        {
            _sample.Add((numbers[i].GetDouble(), numbers[i + 1].GetInt32() == 1));
        }
    }

    private Threshold Fit() => balance.Line(
        _sample.GroupBy(item => item.Confidence).OrderBy(tie => tie.Key).Select(tie => (tie.Key, (double)tie.Count(item => item.WasRight), (double)tie.Count())));
}
