using HumanLoop.Observing;

namespace HumanLoop.Reporting;

/// <summary>Says what a scorecard has newly come to: to one process of the store, once for each time that it comes to it.</summary>
internal sealed class ScorecardWatch(IScorecards scorecards, IWorkflowState state)
{
    private const string Document = "scorecard-standing";

    /// <summary>What is news since the last look of any process.</summary>
    public async Task<IReadOnlyList<ScorecardEvent>> LookAsync(string workflow, CancellationToken cancellationToken)
    {
        var now = Standing(await scorecards.ReadAsync(workflow, cancellationToken).ConfigureAwait(false));
        var stored = await state.ReadAsync(workflow, Document, cancellationToken).ConfigureAwait(false);
        var known = stored?.Value ?? "";
        if (known == now || !await state.WriteAsync(workflow, Document, now, stored?.Version ?? 0, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        return [.. Enum.GetValues<ScorecardEvent>().Where(each => Has(now, each) && !Has(known, each))];
    }

    private static string Standing(Scorecard card) => string.Join(',', [
        .. card.IsTargetReached ? [nameof(ScorecardEvent.TargetReached)] : Array.Empty<string>(),
        .. card.IsGuardMissed ? [nameof(ScorecardEvent.GuardMissed)] : Array.Empty<string>(),
    ]);

    private static bool Has(string standing, ScorecardEvent each) => standing.Split(',').Contains(each.ToString());
}
