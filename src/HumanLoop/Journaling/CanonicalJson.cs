using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace HumanLoop.Journaling;

/// <summary>The fingerprint by which two proposals are the same: SHA-256 of the JSON with the members of each object in ordinal order and no white
/// space.</summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };

    /// <summary>64 lower-case hex digits.</summary>
    public static string Fingerprint(ReadOnlyMemory<byte> json)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (HasNoObject(json.Span))
        {
            SHA256.HashData(json.Span, hash);
            return Convert.ToHexStringLower(hash);
        }

        using var document = JsonDocument.Parse(json);
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(buffer, Unchecked))
        {
            Write(writer, document.RootElement);
        }

        SHA256.HashData(buffer.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    // Most proposals of classifiers are one string or one number, and those are canonical as our own serialiser writes them.
    private static bool HasNoObject(ReadOnlySpan<byte> json) => json[0] is not ((byte)'{' or (byte)'[');
}
