using System.Text.Json;
using HumanLoop;
using HumanLoop.Testing;
using Spectre.Console;

namespace SupportDesk;

/// <summary>Counts what happened, shows it while it happens, and tells it at the end.</summary>
internal sealed class Tally(IReadOnlyList<RecordedDecision> stream, IReviewDesk desk, IWorkflowControl control, string workflow)
{
    private static readonly DecisionState[] Waiting = [DecisionState.Pending, DecisionState.Claimed];
    private static readonly DecisionState[] Unsettled = [.. Waiting, DecisionState.Decided, DecisionState.ActDue, DecisionState.Acting];

    private readonly Dictionary<DecisionId, RecordedDecision> _stream = stream.ToDictionary(one => one.Id);
    private readonly int[] _routes = new int[3];
    private int _errors;
    private Threshold _threshold;

    private int Decisions => _routes.Sum();

    private int StraightThrough => Decisions - _routes[(int)RouteKind.Review];

    public string TruthOf(DecisionId id) => _stream[id].Truth;

    public void Routed(RoutingReceipt receipt)
    {
        _routes[(int)receipt.Route.Kind]++;
        _errors += receipt.Route.ActsAtOnce && !_stream[receipt.DecisionId].IsRight ? 1 : 0;
        _threshold = receipt.Threshold;
    }

    /// <summary>How many reviews wait, up to 100; or everything that is not settled.</summary>
    public async Task<int> OpenAsync(bool everything = false) =>
        (await desk.ListAsync(new() { Workflow = workflow, States = everything ? Unsettled : Waiting, Limit = 100 })).Reviews.Count;

    /// <summary>Tickets come in as fast as people answer them.</summary>
    public async Task KeepUpAsync(int ticket, int mostOpen, CancellationToken stopping)
    {
        while (ticket % Math.Min(32, mostOpen / 2) == 0 && !stopping.IsCancellationRequested && await OpenAsync() >= mostOpen)
        {
            await Task.Delay(5, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tickets come in one by one, and wait when thirty are open.</summary>
    public async Task TrickleAsync(int ticket, CancellationToken stopping)
    {
        await Task.Delay(20, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await KeepUpAsync(ticket, 30, stopping);
    }

    public async Task ShowAsync(CancellationToken stopping)
    {
        for (var shown = 0; !stopping.IsCancellationRequested;)
        {
            var changes = await control.GetThresholdChangesAsync(workflow, CancellationToken.None);
            foreach (var changed in changes.Skip(shown))
            {
                var change = changed.Change;
                AnsiConsole.MarkupLineInterpolated($"       [yellow]threshold {change.From} → {change.To}[/]  {change.Reason}: {change.Evidence.Errors} of {change.Evidence.Outcomes} wrong");
            }

            shown = changes.Count;
            AnsiConsole.MarkupLineInterpolated($"[grey]{Decisions,6} decisions[/]  [green]{(double)StraightThrough / Math.Max(1, Decisions):P1} straight through[/]  {await OpenAsync(),3} open  [red]{_errors} errors[/]");
            await Task.Delay(500, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task ReportAsync(Mailbox mailbox, TimeSpan elapsed, bool json)
    {
        var verdicts = new List<string>();
        for (ReviewPage? page = null; page is null || page.Next is not null;)
        {
            page = await desk.ListAsync(new() { Workflow = workflow, Limit = 1000, Cursor = page?.Next });
            verdicts.AddRange(page.Reviews.Where(review => !review.IsAudit && review.Verdict is not null).Select(review => review.Verdict!.GetType().Name));
        }

        var changes = await control.GetThresholdChangesAsync(workflow);
        var report = JsonSerializer.SerializeToElement(new
        {
            decisions = Decisions,
            straightThrough = StraightThrough,
            audited = _routes[(int)RouteKind.Audit],
            reviewed = _routes[(int)RouteKind.Review],
            approved = verdicts.Count(verdict => verdict == nameof(Verdict.Approved)),
            corrected = verdicts.Count(verdict => verdict == nameof(Verdict.Corrected)),
            rejected = verdicts.Count(verdict => verdict == nameof(Verdict.Rejected)),
            acted = mailbox.Count("count(DISTINCT decision)", Effect.Act),
            declined = mailbox.Count("count(DISTINCT decision)", Effect.Decline),
            actedTwice = mailbox.Count("count(*) - count(DISTINCT decision)", Effect.Act),
            deadLettered = (await desk.ListAsync(new() { Workflow = workflow, States = [DecisionState.DeadLetter], Limit = 1000 })).Reviews.Count,
            errorsLetThrough = _errors,
            straightThroughErrorRate = (double)_errors / Math.Max(1, StraightThrough),
            finalThreshold = _threshold.IsReviewEverything ? (double?)null : _threshold.Value,
            thresholdChanges = changes.Select(changed => new { from = changed.Change.From, to = changed.Change.To, reason = changed.Change.Reason, reviewed = changed.Change.Evidence.Outcomes, errors = changed.Change.Evidence.Errors }),
            seconds = Math.Round(elapsed.TotalSeconds, 3),
            decisionsPerSecond = Math.Round(Decisions / elapsed.TotalSeconds),
        });
        var table = new Table().AddColumns("", "").HideHeaders();
        report.EnumerateObject().ToList().ForEach(figure => table.AddRow(figure.Name, figure.Value.ValueKind == JsonValueKind.Array ? $"{figure.Value.GetArrayLength()}" : figure.Value.ToString()));
        if (!json)
        {
            AnsiConsole.Write(table);
        }

        Console.WriteLine(json ? report.ToString() : $"Errors let through by the threshold: {_errors} of {StraightThrough}.");
    }
}
