using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HumanLoop.Journaling;

/// <summary>The one boundary between the caller's type and the untyped waist.</summary>
internal sealed class ProposalJson<TProposal>(JsonTypeInfo<TProposal> type)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _answers = new(StringComparer.Ordinal);
    private JsonElement? _schema;

    /// <summary>The JSON schema of the type, with the answers that are offered.</summary>
    public JsonElement Schema => _schema ??= ProposalSchema.Of(type, _answers);

    /// <summary>Offers reviewers a closed set of answers for one property.</summary>
    /// <exception cref="ArgumentException">The proposal has no such property, or there is no answer.</exception>
    public void Offer(string property, IReadOnlyList<string> answers)
    {
        if (type.Properties.All(known => known.Name != property))
        {
            throw new ArgumentException($"{typeof(TProposal).Name} has no property '{property}' in its JSON; there are: {string.Join(", ", type.Properties.Select(known => known.Name))}.", nameof(property));
        }

        if (answers.Count == 0 || answers.Any(answer => answer is null))
        {
            throw new ArgumentException($"The answers for '{property}' are one or more texts.", nameof(answers));
        }

        _answers[property] = answers;
    }

    public byte[] Write(TProposal proposal) => JsonSerializer.SerializeToUtf8Bytes(proposal, type);

    public TProposal Read(ReadOnlyMemory<byte> json) =>
        JsonSerializer.Deserialize(json.Span, type) ?? throw new JsonException("A proposal is not null.");

    /// <summary>Reads what a person entered; false, with the reason, when it is not of the type.</summary>
    public bool TryRead(JsonElement json, [NotNullWhen(true)] out TProposal? proposal, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            proposal = json.Deserialize(type);
            problem = proposal is null ? "A proposal is not null." : null;
            return proposal is not null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            // Constructors and setters of the caller's type may throw too: whatever they refuse is not a proposal.
            proposal = default;
            problem = unreadable.Message;
            return false;
        }
    }
}
