namespace HumanLoop.Assessing;

/// <summary>A function as a confidence source.</summary>
internal sealed class ConfidenceFunction<TProposal>(Func<Decision<TProposal>, CancellationToken, ValueTask<Confidence>> assess) : IConfidenceSource<TProposal>
{
    public ValueTask<Confidence> AssessAsync(Decision<TProposal> decision, CancellationToken cancellationToken) => assess(decision, cancellationToken);
}
