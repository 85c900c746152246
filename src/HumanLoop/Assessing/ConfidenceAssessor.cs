using HumanLoop.Diagnostics;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Assessing;

/// <summary>Finds a decision's confidence: its own, its weakest field's, or the source's. Whatever goes wrong ends as a reason to ask a person.</summary>
internal sealed class ConfidenceAssessor<TProposal>(string workflow, IConfidenceSource<TProposal>? source, TimeProvider time, ILogger logger)
{
    public ValueTask<Assessment> AssessAsync(Decision<TProposal> decision, TimeSpan timeout, CancellationToken stopping)
    {
        if (decision.Confidence is { } own)
        {
            return new(Judged(own, null));
        }

        if (decision.Fields is { Count: > 0 } fields)
        {
            var (name, weakest) = Weakest(fields);
            return new(Judged(weakest, name));
        }

        return source is null
            ? new(new Assessment(default, RouteReasons.ConfidenceMissing, null))
            : AskAsync(source, decision, timeout, stopping);
    }

    private static Assessment Judged(Confidence confidence, string? field) =>
        new(confidence, confidence.IsUsable ? null : RouteReasons.ConfidenceUnusable, field);

    private static (string Name, Confidence Confidence) Weakest(IReadOnlyDictionary<string, Confidence> fields)
    {
        var weakest = default(KeyValuePair<string, Confidence>);
        foreach (var field in fields)
        {
            // By name among equals, so that the reason does not depend on the order of a dictionary.
            if (weakest.Key is null || field.Value < weakest.Value
                || (field.Value == weakest.Value && string.CompareOrdinal(field.Key, weakest.Key) < 0))
            {
                weakest = field;
            }
        }

        return (weakest.Key, weakest.Value);
    }

    private async ValueTask<Assessment> AskAsync(IConfidenceSource<TProposal> asked, Decision<TProposal> decision, TimeSpan timeout, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            // Waited for from outside: a source that ignores its token must not hold the decision up.
            var confidence = await asked.AssessAsync(decision, linked.Token).AsTask().WaitAsync(linked.Token).ConfigureAwait(false);
            return Judged(confidence, null);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            logger.ConfidenceTimedOut(workflow, timeout);
            return new(default, RouteReasons.ConfidenceTimedOut, null);
        }
        catch (Exception failure)
        {
            logger.ConfidenceFailed(workflow, failure.GetType().Name);
            return new(default, RouteReasons.ConfidenceFailed, null);
        }
    }
}
