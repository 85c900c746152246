using System.CommandLine;
using HumanLoop.Cli.Answering;
using HumanLoop.Queueing;

namespace HumanLoop.Cli.Store;

/// <summary><c>humanloop dead-letters</c>: effects that failed until their retries were used up.</summary>
internal sealed class DeadLettersCommand : StoreCommand
{
    private readonly Option<string?> _workflow = new("--workflow") { Description = "Only this workflow." };
    private readonly Option<int> _limit = new("--limit") { Description = "How many at most (50).", DefaultValueFactory = _ => 50 };

    internal DeadLettersCommand()
        : base("dead-letters", "Lists effects that failed until their retries were used up; retry or settle one. Exit code 1 when there are any.")
    {
        Add(_workflow);
        Add(_limit);
        Add(new Retry());
        Add(new Settle());
    }

    protected override async Task<int> RunAsync(OpenStore store, ParseResult parsed, bool json, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_workflow) is { } workflow)
        {
            await store.WorkflowsAsync(workflow, cancellationToken).ConfigureAwait(false);
        }

        var list = await Listing.ReadAsync(store, new() { Workflow = parsed.GetValue(_workflow), States = [DecisionState.DeadLetter] }, _ => true, parsed.GetValue(_limit), cancellationToken).ConfigureAwait(false);
        Listing.Print(list, json, "There is no dead letter.");
        return list.Reviews.Count == 0 ? ExitCodes.Done : ExitCodes.No;
    }

    private sealed class Retry : MoveCommand
    {
        internal Retry()
            : base("retry", "Gives a dead letter another round of attempts.")
        {
        }

        protected override Task<IReadOnlyList<Transition>> TransitionsAsync(OpenStore store, WorkItem item, string by, ParseResult parsed, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Transition>>([new RetryDeadLetter(item.Workflow, item.DecisionId)]);
    }

    private sealed class Settle : MoveCommand
    {
        private readonly Option<string?> _note = new("--note") { Description = "What was done; the journal keeps it, so no personal data." };

        internal Settle()
            : base("settle", "Closes a dead letter whose effect somebody brought about, or gave up, by other means.") => Add(_note);

        protected override Task<IReadOnlyList<Transition>> TransitionsAsync(OpenStore store, WorkItem item, string by, ParseResult parsed, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Transition>>([new SettleDeadLetter(item.Workflow, item.DecisionId, parsed.GetValue(_note))]);
    }
}
