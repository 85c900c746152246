namespace HumanLoop.AspNetCore.Forms;

/// <summary>What a form shows beside the values: how sure the model was of each field, which ones are weak, and what is wrong with what was entered.</summary>
internal sealed record ProposalMarks(IReadOnlyDictionary<string, Confidence>? Fields, Threshold Threshold, IReadOnlyDictionary<string, string> Problems)
{
    public static ProposalMarks None { get; } = new(null, default, new Dictionary<string, string>());

    /// <summary>The confidence of a field, known by its name or by its way, such as <c>total</c> or <c>lines/0/total</c>.</summary>
    public Confidence? ConfidenceOf(string path)
    {
        if (Fields is null || path.Length == 0)
        {
            return null;
        }

        foreach (var (name, confidence) in Fields)
        {
            var way = name.Replace('.', '/').TrimStart('/');
            if (string.Equals(way, path[1..], StringComparison.OrdinalIgnoreCase))
            {
                return confidence;
            }
        }

        return null;
    }

    /// <summary>Below the threshold; where everything is reviewed, the least sure of all.</summary>
    public bool IsWeak(string path) =>
        ConfidenceOf(path) is { } confidence && (Threshold.IsReviewEverything ? confidence <= Fields!.Values.Min() : !Threshold.Admits(confidence));
}
