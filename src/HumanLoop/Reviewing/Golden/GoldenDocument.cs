using System.Text.Json.Serialization;

namespace HumanLoop.Reviewing;

/// <summary>Which of a workflow's reviews are golden items, oldest first: an index into the journal, which has the rest.</summary>
internal sealed record GoldenDocument(int Version, IReadOnlyList<string> Ids)
{
    public const string Name = "golden-items";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GoldenDocument))]
internal sealed partial class GoldenJsonContext : JsonSerializerContext;
