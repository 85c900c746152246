using System.Text.Json;

namespace HumanLoop.Adapting;

/// <summary>What a simple policy does with each outcome; it promises nothing. Not safe for concurrent use.</summary>
internal abstract class ThresholdRule
{
    /// <summary>The thresholds that stepwise rules move along, and the bins that evidence is shown in.</summary>
    internal static readonly double[] Ladder =
    [
        .99, .98, .97, .96, .95, .94, .93, .92, .91, .90, .88, .86, .84, .82, .80,
        .77, .74, .70, .65, .60, .55, .50, .40, .30, .20, .10, 0,
    ];

    /// <summary>The policy's name.</summary>
    internal abstract string Policy { get; }

    /// <summary>The threshold that the rule asks for now.</summary>
    internal abstract Threshold Threshold { get; }

    /// <summary>Forgets everything, at the start of an epoch.</summary>
    internal abstract void Reset();

    /// <summary>Takes an outcome in, in decision order.</summary>
    internal abstract void Count(double confidence, bool wasRight, double maxErrorRate);

    /// <summary>Writes what the rule knows as the members of an object.</summary>
    internal abstract void Save(Utf8JsonWriter writer);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    internal abstract void Load(JsonElement json);

    /// <summary>A stored place on the ladder, or −1 for above it.</summary>
    protected static int OnLadder(int node) => node >= -1 && node < Ladder.Length ? node : throw new JsonException($"The ladder has no step {node}.");

    /// <summary>The first node of the ladder that admits a confidence.</summary>
    internal static int BinOf(double confidence)
    {
        var bin = 0;
        while (!(confidence >= Ladder[bin]))
        {
            bin++;
        }

        return bin;
    }
}
