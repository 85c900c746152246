using System.Text;
using System.Text.Json.Serialization;

namespace HumanLoop;

/// <summary>Names one decision within its workflow, and is its idempotency key: routing the same id twice acts once.</summary>
/// <remarks>
/// 1 to 200 UTF-16 characters, compared ordinally, without control characters. <c>default(DecisionId)</c> is empty and is refused
/// wherever a decision is named. Immutable and safe to share between threads.
/// </remarks>
[JsonConverter(typeof(DecisionIdJsonConverter))]
public readonly record struct DecisionId
{
    /// <summary>The longest id, in UTF-16 characters.</summary>
    public const int MaxLength = 200;

    private readonly string? _value;

    /// <summary>Names a decision.</summary>
    /// <param name="value">1 to 200 characters, no control characters, no unpaired surrogates.</param>
    /// <exception cref="ArgumentException">The text is empty, too long or holds a character that cannot be stored everywhere. Use the caller's own key, or
    /// <see cref="New"/>.</exception>
    public DecisionId(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length is 0 or > MaxLength)
        {
            throw new ArgumentException($"A decision id has 1 to {MaxLength} characters; this one has {value.Length}.", nameof(value));
        }

        if (!IsStorable(value))
        {
            throw new ArgumentException("A decision id holds no control characters and no unpaired surrogates.", nameof(value));
        }

        _value = value;
    }

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether this is <c>default</c>, which names nothing.</summary>
    public bool IsEmpty => _value is null;

    /// <summary>A new id that sorts by the time it was made (UUID version 7, RFC 9562 §5.7).</summary>
    /// <returns>An id of 36 characters.</returns>
    public static DecisionId New() => new(Guid.CreateVersion7().ToString());

    /// <summary>Names a decision.</summary>
    /// <param name="value">1 to 200 characters.</param>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public static implicit operator DecisionId(string value) => new(value);

    /// <summary>The text.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;

    private static bool IsStorable(string value)
    {
        ReadOnlySpan<char> rest = value;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var consumed) != System.Buffers.OperationStatus.Done || Rune.IsControl(rune))
            {
                return false;
            }

            rest = rest[consumed..];
        }

        return true;
    }
}
