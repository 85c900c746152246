using System.Text.Json;
using HumanLoop;
using HumanLoop.Testing;
using Spectre.Console;

namespace SupportDesk;

/// <summary>Counts what happened, shows it while it happens, and tells it at the end.</summary>
internal sealed class Tally(IReadOnlyList<RecordedDecision> stream, string? threshold)
{
    private readonly Dictionary<DecisionId, RecordedDecision> _stream = stream.ToDictionary(one => new DecisionId(one.Id));
    private readonly Dictionary<DecisionId, RouteKind> _routes = [];
    private int _errors;

    public string TruthOf(DecisionId id) => _stream[id].Truth;

    public void Routed(RoutingReceipt receipt)
    {
        _routes[receipt.DecisionId] = receipt.Route.Kind;
        _errors += receipt.Route.ActsAtOnce && !_stream[receipt.DecisionId].IsRight ? 1 : 0;
        if (threshold is not null && _routes.Count % 500 == 0)
        {
            var through = _routes.Values.Count(kind => kind != RouteKind.Review);
            AnsiConsole.MarkupLineInterpolated($"[grey]{_routes.Count,6} decisions[/]  threshold {threshold}  [green]{(double)through / _routes.Count:P1} straight through[/]  {_routes.Count - through} to people  [red]{_errors} errors let through[/]");
        }
    }

    public async Task ReportAsync(IReviewDesk desk, Mailbox mailbox, string workflow, TimeSpan elapsed)
    {
        var verdicts = new Dictionary<string, int>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            var page = await desk.ListAsync(new() { Workflow = workflow, Limit = 1000, Cursor = cursor });
            foreach (var name in page.Reviews.Where(review => !review.IsAudit && review.Verdict is not null).Select(review => review.Verdict!.GetType().Name))
            {
                verdicts[name] = verdicts.GetValueOrDefault(name) + 1;
            }

            cursor = page.Next;
        }
        while (cursor is not null);

        var through = _routes.Values.Count(kind => kind != RouteKind.Review);
        var report = new
        {
            decisions = _routes.Count,
            straightThrough = through,
            audited = _routes.Values.Count(kind => kind == RouteKind.Audit),
            reviewed = _routes.Count - through,
            approved = verdicts.GetValueOrDefault(nameof(Verdict.Approved)),
            corrected = verdicts.GetValueOrDefault(nameof(Verdict.Corrected)),
            rejected = verdicts.GetValueOrDefault(nameof(Verdict.Rejected)),
            acted = mailbox.Count("count(DISTINCT decision)", Effect.Act),
            declined = mailbox.Count("count(DISTINCT decision)", Effect.Decline),
            actedTwice = mailbox.Count("count(*) - count(DISTINCT decision)", Effect.Act),
            deadLettered = (await desk.ListAsync(new() { Workflow = workflow, States = [ReviewState.DeadLetter], Limit = 1000 })).Reviews.Count,
            errorsLetThrough = _errors,
            straightThroughErrorRate = through == 0 ? 0 : (double)_errors / through,
            seconds = Math.Round(elapsed.TotalSeconds, 3),
            decisionsPerSecond = Math.Round(_routes.Count / elapsed.TotalSeconds),
        };
        Console.WriteLine(JsonSerializer.Serialize(report));
    }
}
