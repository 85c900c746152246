using System.Text.Json;

namespace HumanLoop.Adapting;

/// <summary>The rule of <see cref="FixedThreshold"/>.</summary>
internal sealed class FixedRule(Threshold threshold) : ThresholdRule
{
    internal override string Policy => "fixed";

    internal override Threshold Threshold => threshold;

    internal override void Reset()
    {
    }

    internal override void Count(double confidence, bool wasRight, double maxErrorRate)
    {
    }

    internal override void Save(Utf8JsonWriter writer)
    {
    }

    internal override void Load(JsonElement json)
    {
    }
}
