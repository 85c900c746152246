namespace HumanLoop.Routing;

/// <summary>Keeps about as many blind ordinary reviews as there are blind checks: if only checks were blind, blind would say that the proposal has
/// acted.</summary>
/// <remarks>Safe for concurrent use. It weighs what this process has routed lately; it begins as if there had been as many of the ones as of the
/// others.</remarks>
internal sealed class BlindBalance
{
    /// <summary>How many decisions "lately" is, about.</summary>
    private const double Memory = 200;

    private readonly Lock _gate = new();
    private double _checks = Memory / 8;
    private double _reviews = Memory / 8;

    /// <summary>With what chance a decision that a person looks at is shown blind.</summary>
    /// <param name="share">The workflow's <c>Review:BlindShare</c>.</param>
    /// <param name="kind">Where the decision goes.</param>
    /// <returns>The share itself for a check; for a review, as much as makes their numbers alike.</returns>
    public double ShareOf(double share, RouteKind kind)
    {
        lock (_gate)
        {
            if (_checks + _reviews >= Memory)
            {
                (_checks, _reviews) = (_checks / 2, _reviews / 2);
            }

            if (kind == RouteKind.Audit)
            {
                _checks++;
                return share;
            }

            _reviews++;
            return share * Math.Min(1, _checks / _reviews);
        }
    }
}
