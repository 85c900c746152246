namespace HumanLoop.Adapting;

internal sealed partial class RiskControlledState
{
    /// <summary>The sequence number of the newest decision.</summary>
    internal long LatestDecision => _latestDecision;

    /// <summary>What is known of the decisions so far, surest first: how many were seen at a confidence, and how many were right and wrong.</summary>
    internal IReadOnlyList<(double Confidence, long Seen, long Right, long Wrong)> Population() => _grid is null
        ?
        [
            .. _sample!.Items.GroupBy(item => item.Confidence).OrderByDescending(group => group.Key).Select(group => (
                group.Key,
                group.LongCount(),
                group.LongCount(item => item.Answer == GridSample.Answer.Right),
                group.LongCount(item => item.Answer is GridSample.Answer.Wrong or GridSample.Answer.Overdue))),
        ]
        : [.. _grid.Nodes.Select((node, bin) => (node, _seen[bin], _counts.Right(bin), _counts.Wrong(bin)))];

    /// <summary>Answers what still waits in the sample, so that a simulation can go on.</summary>
    internal void AnswerSample(Func<double, bool> isRight)
    {
        foreach (var item in _sample?.Items.Where(item => item.Answer == GridSample.Answer.None).ToList() ?? [])
        {
            _sample!.Mark(item.Sequence, isRight(item.Confidence) ? GridSample.Answer.Right : GridSample.Answer.Wrong);
        }
    }
}
