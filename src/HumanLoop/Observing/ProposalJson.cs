using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HumanLoop.Observing;

/// <summary>The one boundary between the caller's type and the untyped waist.</summary>
internal sealed class ProposalJson<TProposal>(JsonTypeInfo<TProposal> type)
{
    private readonly Lazy<JsonElement> _schema = new(() => ProposalSchema.Of(type));

    /// <summary>The JSON schema of the type.</summary>
    public JsonElement Schema => _schema.Value;

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
