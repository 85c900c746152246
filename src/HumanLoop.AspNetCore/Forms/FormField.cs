using System.Text.Json;

namespace HumanLoop.AspNetCore.Forms;

/// <summary>One field of a form for a proposal, with the value that it shows.</summary>
internal sealed record FormField
{
    /// <summary>Where the value stands in the proposal (RFC 6901); empty for the proposal itself.</summary>
    public required string Path { get; init; }

    public required string Label { get; init; }

    public required FieldKind Kind { get; init; }

    public string? Description { get; init; }

    public bool IsNullable { get; init; }

    /// <summary>The value; <see langword="null"/> where there is none yet.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>The values of a closed set, as JSON.</summary>
    public IReadOnlyList<JsonElement> Choices { get; init; } = [];

    /// <summary>The fields of a group, the rows of a list.</summary>
    public IReadOnlyList<FormField> Children { get; init; } = [];

    public string? Minimum { get; init; }

    public string? Maximum { get; init; }

    public int? MaxLength { get; init; }

    /// <summary>How sure the model was of this field, where it said.</summary>
    public Confidence? Confidence { get; init; }

    /// <summary>Whether this field is why a person is asked.</summary>
    public bool IsWeak { get; init; }

    /// <summary>What is wrong with what was entered.</summary>
    public string? Problem { get; init; }

    /// <summary>The value as an input holds it.</summary>
    public string Text => Value switch
    {
        null or { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };

    /// <summary>A value for people: text without quotes.</summary>
    public static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "none",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => value.GetRawText(),
    };
}
