using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>The form in which a model is asked for a proposal: the type's own schema, or an envelope around it where the proposal is no object or a
/// confidence is to stand beside it.</summary>
internal sealed class DecisionFormat
{
    private const string Member = "answer";

    private readonly ChatResponseFormat _format;

    private DecisionFormat(JsonElement schema, string name, string? envelope)
    {
        _format = ChatResponseFormat.ForJsonSchema(schema, name);
        Envelope = envelope;
    }

    /// <summary>The member of the response that holds the proposal; <see langword="null"/> when it is the whole.</summary>
    public string? Envelope { get; }

    public static DecisionFormat Of(JsonTypeInfo json, bool asksForStatement)
    {
        var schema = AIJsonUtilities.CreateJsonSchema(json.Type, serializerOptions: json.Options);
        var isObject = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("object"u8);
        return isObject && !asksForStatement ? new(schema, "proposal", null) : new(Enclosed(schema, asksForStatement), "proposal", Member);
    }

    public ChatOptions Apply(ChatOptions? options)
    {
        var copy = options?.Clone() ?? new();
        copy.ResponseFormat = _format;
        return copy;
    }

    public bool TryRead(ChatResponse response, out (JsonElement Answer, Confidence? Stated) read)
    {
        read = default;
        var text = Encoding.UTF8.GetBytes(response.Text);
        var (start, length) = JsonText.Find(text);
        try
        {
            using var document = JsonDocument.Parse(text.AsMemory(start, length));
            var root = document.RootElement;
            var answer = root;
            if (Envelope is not null && !(root.ValueKind == JsonValueKind.Object && root.TryGetProperty(Envelope, out answer)))
            {
                return false;
            }

            read = (answer.Clone(), Envelope is null ? null : StatedNumber.Read(root));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonElement Enclosed(JsonElement schema, bool asksForStatement)
    {
        var inner = JsonNode.Parse(schema.GetRawText())!;
        (inner as JsonObject)?.Remove("$schema");
        Rebase(inner);
        var properties = new JsonObject { [Member] = inner };
        var required = new JsonArray(Member);
        if (asksForStatement)
        {
            properties["confidence"] = new JsonObject { ["type"] = "number", ["description"] = "How likely the answer is right, from 0 to 1." };
            required.Add((JsonNode)"confidence");
        }

        using var document = JsonDocument.Parse(new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false }.ToJsonString());
        return document.RootElement.Clone();
    }

    /// <summary>References of a recursive type point from the root, which has moved.</summary>
    private static void Rebase(JsonNode node)
    {
        if (node is JsonArray array)
        {
            array.Where(item => item is not null).ToList().ForEach(item => Rebase(item!));
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToArray())
            {
                if (name == "$ref" && value is JsonValue reference && reference.TryGetValue<string>(out var pointer) && pointer.StartsWith('#'))
                {
                    members[name] = $"#/properties/{Member}{pointer[1..]}";
                }
                else if (value is not null)
                {
                    Rebase(value);
                }
            }
        }
    }
}
