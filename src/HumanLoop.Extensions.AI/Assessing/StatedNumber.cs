using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>A number that a model was asked to state in structured output.</summary>
internal static class StatedNumber
{
    private const string Member = "confidence";

    private static readonly JsonElement Schema = JsonElement.Parse(
        """{"type":"object","properties":{"confidence":{"type":"number","description":"How likely the answer is right, from 0 to 1."}},"required":["confidence"],"additionalProperties":false}""");

    public static ChatOptions Options(string? modelId) =>
        new() { Temperature = 0, ModelId = modelId, ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, Member) };

    public static Confidence Read(ChatResponse response)
    {
        var text = Encoding.UTF8.GetBytes(response.Text);
        var (start, length) = JsonText.Find(text);
        try
        {
            using var document = JsonDocument.Parse(text.AsMemory(start, length));
            return Read(document.RootElement) ?? Confidence.Unusable;
        }
        catch (JsonException)
        {
            return Confidence.Unusable;
        }
    }

    /// <summary>The stated number; unusable when it is none from 0 to 1, <see langword="null"/> when there is none at all.</summary>
    public static Confidence? Read(JsonElement element) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(Member, out var stated) ? null
        : stated.ValueKind == JsonValueKind.Number && stated.TryGetDouble(out var number) ? number
        : Confidence.Unusable;
}
