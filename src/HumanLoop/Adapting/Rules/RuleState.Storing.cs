using System.Text;
using System.Text.Json;

namespace HumanLoop.Adapting;

internal sealed partial class RuleState
{
    private const int Version = 1;

    public override string Save()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("policy", _rule.Policy);
            writer.WriteNumber("version", Version);
            writer.WritePropertyName("goal");
            JsonSerializer.Serialize(writer, _goal, AdaptingJsonContext.Default.ThresholdGoal);
            writer.WriteNumber("epoch", _epoch);
            writer.WriteNumber("decisions", _decisions);
            writer.WriteNumber("latestDecision", _latestDecision);
            writer.WriteNumber("scheduled", _scheduled.Rung);
            writer.WriteNumber("overspent", _audits.Overspent);
            writer.WriteBoolean("mayVoid", _mayVoid);
            WriteThresholds(writer, "threshold", _threshold);
            WriteThresholds(writer, "forced", _forced);
            writer.WritePropertyName("seen");
            JsonSerializer.Serialize(writer, _seen, AdaptingJsonContext.Default.Int64Array);
            writer.WritePropertyName("counts");
            JsonSerializer.Serialize(writer, [.. Enumerable.Range(0, _counts.Bins).Select(bin => _counts.Bin(bin).ToArray())], AdaptingJsonContext.Default.Int64ArrayArray);
            writer.WriteStartObject("rule");
            _rule.Save(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static RuleState Load(string json, ThresholdRule rule)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.GetProperty("policy").GetString() != rule.Policy || root.GetProperty("version").GetInt32() != Version)
            {
                throw new FormatException($"Expected the state of the policy {rule.Policy} in version {Version}.");
            }

            rule.Load(root.GetProperty("rule"));
            var seen = root.GetProperty("seen").Deserialize(AdaptingJsonContext.Default.Int64Array);
            var counts = root.GetProperty("counts").Deserialize(AdaptingJsonContext.Default.Int64ArrayArray);
            if (seen?.Length != ThresholdRule.Ladder.Length || counts?.Length != ThresholdRule.Ladder.Length || Array.Exists(counts, bin => bin is null))
            {
                throw new FormatException($"Expected counts for {ThresholdRule.Ladder.Length} thresholds.");
            }

            var state = new RuleState(root.GetProperty("goal").Deserialize(AdaptingJsonContext.Default.ThresholdGoal)!, rule)
            {
                _epoch = root.GetProperty("epoch").GetInt32(),
                _decisions = root.GetProperty("decisions").GetInt64(),
                _latestDecision = root.GetProperty("latestDecision").GetInt64(),
                _mayVoid = root.GetProperty("mayVoid").GetBoolean(),
                _forced = ReadThreshold(root.GetProperty("forced")),
                _threshold = ReadThreshold(root.GetProperty("threshold"))!.Value,
                _seen = seen,
            };
            state.RestoreCounts(counts);
            state._audits.Overspent = root.GetProperty("overspent").GetDouble();
            state._scheduled = ReviewProbability.AtRung(root.GetProperty("scheduled").GetInt32());
            return state;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException($"Expected the state of the policy {rule.Policy}: {e.Message}", e);
        }
    }

    private void RestoreCounts(long[][] counts)
    {
        for (var bin = 0; bin < counts.Length; bin++)
        {
            for (var i = 0; i < counts[bin].Length; i++)
            {
                _counts.Add(bin, i / 2, wrong: i % 2 == 1, counts[bin][i]);
            }
        }
    }

    // A list of none or one, as the strictest threshold is itself written as null.
    private static void WriteThresholds(Utf8JsonWriter writer, string name, Threshold? threshold)
    {
        writer.WriteStartArray(name);
        if (threshold is { IsReviewEverything: false } value)
        {
            writer.WriteNumberValue(value.Value);
        }
        else if (threshold is not null)
        {
            writer.WriteNullValue();
        }

        writer.WriteEndArray();
    }

    private static Threshold? ReadThreshold(JsonElement json) =>
        json.GetArrayLength() == 0 ? null
        : json[0].ValueKind == JsonValueKind.Null ? Threshold.ReviewEverything
        : new Threshold(json[0].GetDouble());
}
