using System.Text.Json;

namespace HumanLoop.Adapting;

/// <summary>The rule of <see cref="WilsonThreshold"/>.</summary>
internal sealed class WilsonRule(int window) : ThresholdRule
{
    /// <summary>The largest window that keeps the state small.</summary>
    internal const int LargestWindow = 2_000;

    // The one-sided 95 % point of the normal distribution.
    private const double Z = 1.6448536269514722;

    private readonly Queue<(int Bin, bool Wrong)> _outcomes = new();
    private readonly int[] _count = new int[Ladder.Length];
    private readonly int[] _wrong = new int[Ladder.Length];
    private Threshold _threshold;

    internal override string Policy => "wilson";

    internal override Threshold Threshold => _threshold;

    internal override void Reset()
    {
        _outcomes.Clear();
        Array.Clear(_count);
        Array.Clear(_wrong);
        _threshold = Threshold.ReviewEverything;
    }

    internal override void Count(double confidence, bool wasRight, double maxErrorRate)
    {
        Enter(BinOf(confidence), !wasRight);
        if (_outcomes.Count > window)
        {
            var (bin, wrong) = _outcomes.Dequeue();
            _count[bin]--;
            _wrong[bin] -= wrong ? 1 : 0;
        }

        _threshold = Loosest(maxErrorRate);
    }

    internal override void Save(Utf8JsonWriter writer)
    {
        writer.WriteNumber("node", _threshold.IsReviewEverything ? -1 : BinOf(_threshold.Value));
        // One letter an outcome: which one says the bin, a small one that it was wrong. The 27th after A and a are [ and {.
        writer.WriteString("outcomes", string.Concat(_outcomes.Select(outcome => (char)((outcome.Wrong ? 'a' : 'A') + outcome.Bin))));
    }

    internal override void Load(JsonElement json)
    {
        Reset();
        foreach (var letter in json.GetProperty("outcomes").GetString() ?? throw new JsonException("The outcomes are missing."))
        {
            var wrong = letter >= 'a';
            var bin = letter - (wrong ? 'a' : 'A');
            Enter(bin >= 0 && bin < Ladder.Length ? bin : throw new JsonException($"'{letter}' stands for no outcome."), wrong);
        }

        var node = json.GetProperty("node").GetInt32();
        _threshold = node < 0 ? Threshold.ReviewEverything : new(Ladder[OnLadder(node)]);
    }

    private void Enter(int bin, bool wrong)
    {
        _outcomes.Enqueue((bin, wrong));
        _count[bin]++;
        _wrong[bin] += wrong ? 1 : 0;
    }

    private Threshold Loosest(double maxErrorRate)
    {
        var loosest = Threshold.ReviewEverything;
        double count = 0, wrong = 0;
        for (var node = 0; node < Ladder.Length; node++)
        {
            count += _count[node];
            wrong += _wrong[node];
            if (count > 0 && UpperLimit(wrong, count) <= maxErrorRate)
            {
                loosest = new(Ladder[node]);
            }
        }

        return loosest;
    }

    private static double UpperLimit(double errors, double outcomes)
    {
        var rate = errors / outcomes;
        var centre = rate + (Z * Z / (2 * outcomes));
        var margin = Z * Math.Sqrt((rate * (1 - rate) / outcomes) + (Z * Z / (4 * outcomes * outcomes)));
        return (centre + margin) / (1 + (Z * Z / outcomes));
    }
}
