using System.Text.Json;

namespace HumanLoop.Adapting;

/// <summary>The rule of <see cref="StreakThreshold"/>.</summary>
internal sealed class StreakRule(int length) : ThresholdRule
{
    private int _node = -1;
    private int _streak;

    internal override string Policy => "streak";

    internal override Threshold Threshold => _node < 0 ? Threshold.ReviewEverything : new(Ladder[_node]);

    internal override void Reset() => (_node, _streak) = (-1, 0);

    internal override void Count(double confidence, bool wasRight, double maxErrorRate)
    {
        var next = Math.Min(_node + 1, Ladder.Length - 1);
        if (confidence < Ladder[next])
        {
            return;
        }

        if (!wasRight)
        {
            _streak = 0;
            _node -= _node >= 0 && confidence >= Ladder[_node] ? 1 : 0;
        }
        else if (++_streak >= length)
        {
            (_node, _streak) = (next, 0);
        }
    }

    internal override void Save(Utf8JsonWriter writer)
    {
        writer.WriteNumber("node", _node);
        writer.WriteNumber("streak", _streak);
    }

    internal override void Load(JsonElement json) => (_node, _streak) = (OnLadder(json.GetProperty("node").GetInt32()), json.GetProperty("streak").GetInt32());
}
