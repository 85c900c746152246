using HumanLoop.GroupCommit;
using HumanLoop.Queueing;

namespace HumanLoop.PostgreSql;

/// <summary>A claim on its way through the fetcher.</summary>
internal sealed class ClaimOperation(ClaimRequest request) : Operation<IReadOnlyList<WorkItem>>
{
    private readonly List<TransitionResult> _taken = [];

    public ClaimRequest Request => request;

    public int Wanted => request.Max - _taken.Count;

    public IReadOnlyList<TransitionResult> Taken => _taken;

    public void Take(TransitionResult result) => _taken.Add(result);

    /// <summary>Before another attempt.</summary>
    public void Restart() => _taken.Clear();

    /// <summary>Whether one search serves both.</summary>
    public bool LooksLike(ClaimOperation other) => request.Purpose == other.Request.Purpose && request.Segment == other.Request.Segment
        && request.Workflows.SequenceEqual(other.Request.Workflows, StringComparer.Ordinal);
}
