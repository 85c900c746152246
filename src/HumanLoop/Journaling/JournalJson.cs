using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HumanLoop.Journaling;

/// <summary>The stored JSON of journal entries. Its shapes are versioned and stay readable.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public static class JournalJson
{
    private static readonly JsonTypeInfo<JournalEntry> EntryInfo = StoredJson.TypeInfo<JournalEntry>(JournalJsonContext.Default);

    /// <summary>Writes an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>JSON, UTF-8.</returns>
    public static byte[] Write(JournalEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, EntryInfo);

    /// <summary>Reads an entry.</summary>
    /// <param name="json">JSON, UTF-8.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="JsonException">The text is no entry, or one of a newer version of the library. Upgrade, or restore the file.</exception>
    public static JournalEntry ReadEntry(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, EntryInfo) is { } entry
            ? entry.Format == 1 ? entry : throw new JsonException($"The journal entry has format {entry.Format}; this version of the library reads 1.")
            : throw new JsonException("A journal entry is an object.");
}
