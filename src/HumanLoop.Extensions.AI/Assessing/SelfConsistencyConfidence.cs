using System.Globalization;
using System.Text.Json;

namespace HumanLoop.Extensions.AI;

/// <summary>The share of fresh answers to the same question that agree, for each field.</summary>
internal sealed class SelfConsistencyConfidence : ChatConfidence
{
    private readonly int _samples;
    private readonly float _temperature;
    private readonly double? _stopAt;
    private readonly Func<string, JsonElement, string> _normalise;

    public SelfConsistencyConfidence(SelfConsistencyOptions options)
    {
        var problem = Problem(options.Samples is >= 2 and <= 100, "Samples", options.Samples, "from 2 to 100")
            ?? Problem(options.Temperature is > 0 and <= 2, "Temperature", options.Temperature, "above 0 and at most 2")
            ?? Problem(options.StopAt is null or >= 0 and <= 1, "StopAt", options.StopAt, "in [0, 1]");
        if (problem is not null)
        {
            throw new ArgumentException(problem, nameof(options));
        }

        ArgumentNullException.ThrowIfNull(options.Normalise, nameof(options));
        (_samples, _temperature, _stopAt, _normalise) = (options.Samples, options.Temperature, options.StopAt, options.Normalise);
        Method = string.Create(CultureInfo.InvariantCulture, $"self-consistency-{_samples}-t{_temperature}{(_stopAt is { } stop ? $"-stop{stop}" : "")}");
    }

    public override string Method { get; }

    public override async ValueTask<ConfidenceEstimate> EstimateAsync(ChatAnswer answer, CancellationToken cancellationToken)
    {
        var fields = AnswerFields.Of(answer.Answer, _normalise);
        if (fields.Count == 0)
        {
            return ConfidenceEstimate.Unusable;
        }

        var agreed = fields.Keys.ToDictionary(path => path, _ => 0, StringComparer.Ordinal);
        foreach (var more in Batches())
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, more.Count).Select(_ => answer.AskAgainAsync(Method, _temperature, cancellationToken))).ConfigureAwait(false);
            foreach (var other in answers)
            {
                Count(fields, other, agreed);
            }

            if (IsSettled(agreed.Values.Min(), more.Left))
            {
                break;
            }
        }

        var shares = agreed.ToDictionary(field => field.Key, field => new Confidence((double)field.Value / _samples), StringComparer.Ordinal);
        return answer.Answer.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? new() { Fields = shares }
            : new() { Confidence = shares[""] };
    }

    /// <summary>One at a time where it can stop early, all at once where it cannot.</summary>
    private IEnumerable<(int Count, int Left)> Batches() =>
        _stopAt is null ? [(_samples, 0)] : Enumerable.Range(1, _samples).Select(asked => (1, _samples - asked));

    private void Count(Dictionary<string, string> fields, JsonElement? other, Dictionary<string, int> agreed)
    {
        var others = other is { } given ? AnswerFields.Of(given, _normalise) : [];
        foreach (var (path, value) in fields)
        {
            agreed[path] += others.TryGetValue(path, out var same) && same == value ? 1 : 0;
        }
    }

    private bool IsSettled(int weakest, int left) =>
        _stopAt is { } stop && ((double)weakest / _samples >= stop || (double)(weakest + left) / _samples < stop);

    private static string? Problem(bool holds, string name, object? value, string range) =>
        holds ? null : string.Create(CultureInfo.InvariantCulture, $"SelfConsistencyOptions.{name} is {value}; it must be {range}.");
}
