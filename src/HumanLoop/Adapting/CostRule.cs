using System.Text.Json;

namespace HumanLoop.Adapting;

/// <summary>The rule of <see cref="CostOptimalThreshold"/>.</summary>
internal sealed class CostRule(double errorCost, double reviewCost) : ThresholdRule
{
    /// <summary>How many outcomes the map is fitted to.</summary>
    internal const int SampleSize = 500;

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
        if (_sample.Count == SampleSize)
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

    // Pool adjacent violators from the least sure up; the threshold is the lowest confidence of the first pool that is right often enough.
    private Threshold Fit()
    {
        var pools = new List<(double Lowest, double Right, double Count)>();
        foreach (var tie in _sample.GroupBy(item => item.Confidence).OrderBy(group => group.Key))
        {
            var pool = (Lowest: tie.Key, Right: (double)tie.Count(item => item.WasRight), Count: (double)tie.Count());
            while (pools.Count > 0 && pools[^1].Right / pools[^1].Count >= pool.Right / pool.Count)
            {
                pool = (pools[^1].Lowest, pools[^1].Right + pool.Right, pools[^1].Count + pool.Count);
                pools.RemoveAt(pools.Count - 1);
            }

            pools.Add(pool);
        }

        var first = pools.FindIndex(pool => (1 - (pool.Right / pool.Count)) * errorCost <= reviewCost);
        return first < 0 ? Threshold.ReviewEverything : new(pools[first].Lowest);
    }
}
