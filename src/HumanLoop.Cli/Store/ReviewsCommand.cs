using System.CommandLine;
using System.Text.Json;
using HumanLoop.Cli.Answering;
using HumanLoop.Cli.Input;
using HumanLoop.Queueing;

namespace HumanLoop.Cli.Store;

/// <summary><c>humanloop reviews</c>: what waits for people, and an operator's hand on it.</summary>
internal sealed class ReviewsCommand : StoreCommand
{
    private readonly Option<string?> _workflow = new("--workflow") { Description = "Only this workflow." };
    private readonly Option<DecisionState[]> _state = new("--state") { Description = "Only in this state, repeatable (Pending and Claimed).", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _segment = new("--segment") { Description = "Only of this segment." };
    private readonly Option<bool> _overdue = new("--overdue") { Description = "Only overdue ones." };
    private readonly Option<int> _limit = new("--limit") { Description = "How many at most (50).", DefaultValueFactory = _ => 50 };

    internal ReviewsCommand()
        : base("reviews", "Lists reviews, most urgent first; show, assign, release and escalate one.")
    {
        Option[] options = [_workflow, _state, _segment, _overdue, _limit];
        foreach (var option in options)
        {
            Add(option);
        }

        Add(new Show());
        Add(new Assign());
        Add(new Release());
        Add(new Escalate());
    }

    protected override async Task<int> RunAsync(OpenStore store, ParseResult parsed, bool json, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_workflow) is { } workflow)
        {
            await store.WorkflowsAsync(workflow, cancellationToken).ConfigureAwait(false);
        }

        var states = parsed.GetValue(_state) is { Length: > 0 } asked ? asked : [DecisionState.Pending, DecisionState.Claimed];
        var overdue = parsed.GetValue(_overdue);
        var list = await Listing.ReadAsync(
            store,
            new() { Workflow = parsed.GetValue(_workflow), States = states, Segment = parsed.GetValue(_segment) },
            item => !overdue || item.IsOverdue,
            parsed.GetValue(_limit),
            cancellationToken).ConfigureAwait(false);
        Listing.Print(list, json, "No review matches.");
        return ExitCodes.Done;
    }

    /// <summary>One review with its data.</summary>
    private sealed class Show : StoreCommand
    {
        private readonly Argument<string> _id = new("ID") { Description = "The review: workflow/decision, such as refund/2026-0017." };

        internal Show()
            : base("show", "Shows one review with its data, as JSON.") => Add(_id);

        protected override async Task<int> RunAsync(OpenStore store, ParseResult parsed, bool json, CancellationToken cancellationToken)
        {
            var item = await MoveCommand.ReadAsync(store, parsed.GetValue(_id)!, cancellationToken).ConfigureAwait(false);
            Console.Out.WriteLine(JsonSerializer.Serialize(ReviewReport.WithData(item), StoreJsonContext.Default.ReviewReport));
            return ExitCodes.Done;
        }
    }

    private sealed class Assign : MoveCommand
    {
        private readonly Option<string> _to = new("--to") { Description = "Who alone may claim it.", Required = true };

        internal Assign()
            : base("assign", "Gives a review to one person. A lease of somebody else ends.") => Add(_to);

        protected override Task<IReadOnlyList<Transition>> TransitionsAsync(OpenStore store, WorkItem item, string by, ParseResult parsed, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Transition>>([new AssignReview(item.Workflow, item.DecisionId, parsed.GetValue(_to))]);
    }

    private sealed class Release : MoveCommand
    {
        internal Release()
            : base("release", "Frees a review for anybody: a lease and an assignment end.")
        {
        }

        /// <summary>Only an assignment to somebody else ends a lease.</summary>
        protected override Task<IReadOnlyList<Transition>> TransitionsAsync(OpenStore store, WorkItem item, string by, ParseResult parsed, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Transition>>(item.LeaseHolder == by
                ? [new ReleaseReview(item.Workflow, item.DecisionId), new AssignReview(item.Workflow, item.DecisionId, null)]
                : item.LeaseHolder is null ? [new AssignReview(item.Workflow, item.DecisionId, null)]
                : [new AssignReview(item.Workflow, item.DecisionId, by), new AssignReview(item.Workflow, item.DecisionId, null)]);
    }

    private sealed class Escalate : MoveCommand
    {
        private readonly Option<string?> _to = new("--to") { Description = "To whom (the workflow's owner)." };
        private readonly Option<TimeSpan> _within = new("--within") { Description = "How soon that person should answer, as [days.]hours:minutes:seconds (04:00:00).", DefaultValueFactory = _ => new ReviewOptions().Deadline };

        internal Escalate()
            : base("escalate", "Sends a review up: only that person may claim it then.")
        {
            Add(_to);
            Add(_within);
        }

        protected override async Task<IReadOnlyList<Transition>> TransitionsAsync(OpenStore store, WorkItem item, string by, ParseResult parsed, CancellationToken cancellationToken)
        {
            var to = parsed.GetValue(_to)
                ?? (await store.Charters.ReadAsync(item.Workflow, cancellationToken).ConfigureAwait(false))?.Owner
                ?? throw new InputException("--to: expected a person; the store does not know the workflow's owner.");
            return [new EscalateReview(item.Workflow, item.DecisionId, to, TimeProvider.System.GetUtcNow() + parsed.GetValue(_within))];
        }
    }
}
