using System.Text.Json;

namespace HumanLoop.Adapting;

/// <summary>A drawn decision that waits to be counted: what cannot be said of all of them alike, for there may be a million.</summary>
internal struct WaitingDecision(in ReviewedDecision decision)
{
    public readonly long Sequence = decision.Sequence;
    private readonly Confidence _confidence = decision.Confidence;
    private readonly ReviewProbability _probability = decision.ReviewProbability;
    private readonly ReviewProbability _lowest = decision.LowestProbability;
    private readonly bool _isStraightThrough = decision.IsStraightThrough;
    private byte _standing;

    public OutcomeStanding Standing
    {
        readonly get => (OutcomeStanding)_standing;
        set => _standing = (byte)value;
    }

    public readonly ReviewedDecision In(int epoch) => new()
    {
        Sequence = Sequence,
        Epoch = epoch,
        Confidence = _confidence,
        IsEligible = true,
        IsDrawn = true,
        IsStraightThrough = _isStraightThrough,
        ReviewProbability = _probability,
        LowestProbability = _lowest,
    };

    public readonly void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(Sequence);
        writer.WriteNumberValue(_confidence.Value);
        writer.WriteNumberValue(_probability.Rung);
        writer.WriteNumberValue(_lowest.Rung);
        writer.WriteBooleanValue(_isStraightThrough);
        writer.WriteNumberValue(_standing);
        writer.WriteEndArray();
    }

    public static WaitingDecision Read(JsonElement item) =>
        new(new()
        {
            Sequence = item[0].GetInt64(),
            Confidence = item[1].GetDouble(),
            ReviewProbability = ReviewProbability.AtRung(item[2].GetInt32()),
            LowestProbability = ReviewProbability.AtRung(item[3].GetInt32()),
            IsStraightThrough = item[4].GetBoolean(),
        })
        {
            _standing = item[5].GetByte(),
        };
}
