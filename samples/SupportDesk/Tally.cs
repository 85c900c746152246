using System.Text.Json;
using HumanLoop;
using HumanLoop.Testing;
using Spectre.Console;

namespace SupportDesk;

/// <summary>Counts what happened, shows it while it happens, and tells it at the end.</summary>
internal sealed class Tally(IReadOnlyList<RecordedDecision> stream, IReviewDesk desk, string workflow)
{
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

    public async Task<int> OpenAsync() =>
        (await desk.ListAsync(new() { Workflow = workflow, States = [ReviewState.Pending, ReviewState.Claimed, ReviewState.Decided, ReviewState.ActDue, ReviewState.Acting], Limit = 1000 })).Reviews.Count;

    public async Task ShowAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]{Decisions,6} decisions[/]  threshold {_threshold}  [green]{(double)StraightThrough / Math.Max(1, Decisions):P1} straight through[/]  {await OpenAsync(),4} open  [red]{_errors} errors[/]");
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
            deadLettered = (await desk.ListAsync(new() { Workflow = workflow, States = [ReviewState.DeadLetter], Limit = 1000 })).Reviews.Count,
            errorsLetThrough = _errors,
            straightThroughErrorRate = (double)_errors / Math.Max(1, StraightThrough),
            seconds = Math.Round(elapsed.TotalSeconds, 3),
            decisionsPerSecond = Math.Round(Decisions / elapsed.TotalSeconds),
        });
        var table = new Table().AddColumns("", "").HideHeaders();
        report.EnumerateObject().ToList().ForEach(figure => table.AddRow(figure.Name, figure.Value.ToString()));
        if (!json)
        {
            AnsiConsole.Write(table);
        }

        Console.WriteLine(json ? report.ToString() : $"Errors let through by the threshold: {_errors} of {StraightThrough}.");
    }
}
