using System.Globalization;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>A dear method within a band, a cheap one outside it.</summary>
internal sealed class BandConfidence : ChatConfidence
{
    private readonly ChatConfidence _first;
    private readonly ChatConfidence _second;
    private readonly double _low;
    private readonly double _high;

    public BandConfidence(ChatConfidence first, double low, double high, ChatConfidence second)
    {
        if (!(low >= 0 && low <= high && high <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(low), string.Create(CultureInfo.InvariantCulture, $"A band lies within [0, 1] and begins below its end; this one is from {low} to {high}."));
        }

        (_first, _low, _high, _second) = (first, low, high, second);
        Method = string.Create(CultureInfo.InvariantCulture, $"{first.Method}-between{low}-{high}({second.Method})");
    }

    public override string Method { get; }

    public override bool IsUnearned => _first.IsUnearned || _second.IsUnearned;

    internal override bool AsksForStatement => _first.AsksForStatement || _second.AsksForStatement;

    protected internal override void Prepare(ChatOptions options)
    {
        _first.Prepare(options);
        _second.Prepare(options);
    }

    public override async ValueTask<ConfidenceEstimate> EstimateAsync(ChatAnswer answer, CancellationToken cancellationToken)
    {
        var first = await _first.EstimateAsync(answer, cancellationToken).ConfigureAwait(false);
        if (!first.Overall.IsUsable || first.Overall.Value < _low || first.Overall.Value > _high)
        {
            return first;
        }

        var second = await _second.EstimateAsync(answer, cancellationToken).ConfigureAwait(false);
        return new()
        {
            Confidence = second.Confidence is { } whole ? Within(whole) : null,
            Fields = second.Fields?.ToDictionary(field => field.Key, field => Within(field.Value), StringComparer.Ordinal) ?? first.Fields,
        };
    }

    /// <summary>Moved to its place in the band: 0 to the lower end, 1 to the upper.</summary>
    private Confidence Within(Confidence confidence) => confidence.IsUsable ? _low + ((_high - _low) * confidence.Value) : Confidence.Unusable;
}
