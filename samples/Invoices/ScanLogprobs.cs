using HumanLoop.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Invoices;

/// <summary>The small model's log-probabilities: it always gives them.</summary>
internal sealed class ScanLogprobs : ILogprobReader
{
    public void Request(ChatOptions options, int alternatives)
    {
    }

    public IReadOnlyList<TokenLogprob> Read(ChatResponse response) => response.RawRepresentation as TokenLogprob[] ?? [];
}
