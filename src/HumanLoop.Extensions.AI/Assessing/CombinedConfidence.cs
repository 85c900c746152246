using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>Several methods made one number, for each field and in all.</summary>
internal sealed class CombinedConfidence : ChatConfidence
{
    private readonly IReadOnlyList<ChatConfidence> _methods;
    private readonly Func<IReadOnlyList<double>, double> _combine;

    public CombinedConfidence(string name, IReadOnlyList<ChatConfidence> methods, Func<IReadOnlyList<double>, double> combine)
    {
        ArgumentNullException.ThrowIfNull(methods);
        if (methods.Count < 2)
        {
            throw new ArgumentException($"A combination is of two methods or more; these are {methods.Count}.", nameof(methods));
        }

        (_methods, _combine) = ([.. methods], combine);
        Method = $"{name}({string.Join(',', _methods.Select(method => method.Method))})";
    }

    public override string Method { get; }

    public override bool IsUnearned => _methods.Any(method => method.IsUnearned);

    internal override bool AsksForStatement => _methods.Any(method => method.AsksForStatement);

    protected internal override void Prepare(ChatOptions options)
    {
        foreach (var method in _methods)
        {
            method.Prepare(options);
        }
    }

    public override async ValueTask<ConfidenceEstimate> EstimateAsync(ChatAnswer answer, CancellationToken cancellationToken)
    {
        var estimates = await Task.WhenAll(_methods.Select(method => method.EstimateAsync(answer, cancellationToken).AsTask())).ConfigureAwait(false);
        var paths = estimates.SelectMany(estimate => estimate.Fields?.Keys ?? []).Distinct(StringComparer.Ordinal).ToArray();

        // A method that sees only the whole says the same of each part.
        return paths.Length == 0
            ? new() { Confidence = Of(estimates.Select(estimate => estimate.Overall)) }
            : new() { Fields = paths.ToDictionary(path => path, path => Of(estimates.Select(estimate => At(estimate, path))), StringComparer.Ordinal) };
    }

    private static Confidence At(ConfidenceEstimate estimate, string path) =>
        estimate.Fields is not { } fields ? estimate.Overall : fields.TryGetValue(path, out var confidence) ? confidence : Confidence.Unusable;

    private Confidence Of(IEnumerable<Confidence> found)
    {
        Confidence[] all = [.. found];
        return all.All(confidence => confidence.IsUsable) ? _combine([.. all.Select(confidence => confidence.Value)]) : Confidence.Unusable;
    }
}
