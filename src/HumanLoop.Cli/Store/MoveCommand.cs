using System.CommandLine;
using System.Text.Json;
using HumanLoop.Cli.Answering;
using HumanLoop.Cli.Input;
using HumanLoop.Queueing;

namespace HumanLoop.Cli.Store;

/// <summary>A command by which an operator moves one review on. The journal keeps who did it.</summary>
internal abstract class MoveCommand : StoreCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The review: workflow/decision, such as refund/2026-0017." };
    private readonly Option<string?> _by = new("--by") { Description = "Who does it; the journal keeps it (the user of this machine)." };

    protected MoveCommand(string name, string description)
        : base(name, description)
    {
        Add(_id);
        Add(_by);
    }

    /// <summary>What is to happen to the review, in turn.</summary>
    protected abstract Task<IReadOnlyList<Transition>> TransitionsAsync(OpenStore store, WorkItem item, string by, ParseResult parsed, CancellationToken cancellationToken);

    protected override async Task<int> RunAsync(OpenStore store, ParseResult parsed, bool json, CancellationToken cancellationToken)
    {
        var by = parsed.GetValue(_by) ?? Environment.UserName;
        if (string.IsNullOrWhiteSpace(by))
        {
            throw new InputException("--by: expected a name.");
        }

        var item = await ReadAsync(store, parsed.GetValue(_id)!, cancellationToken).ConfigureAwait(false);
        foreach (var transition in await TransitionsAsync(store, item, by, parsed, cancellationToken).ConfigureAwait(false))
        {
            var result = await store.Queue.ApplyAsync(transition with { Actor = by }, item.Revision, cancellationToken).ConfigureAwait(false);
            if (!result.IsApplied)
            {
                await Console.Error.WriteLineAsync($"{item.Workflow}/{item.DecisionId.Value}: not done, {Why(result.Status)}; it is {(result.Item ?? item).State} now.").ConfigureAwait(false);
                return ExitCodes.No;
            }

            item = result.Item!;
        }

        var report = ReviewReport.Of(item);
        Console.Out.WriteLine(json ? JsonSerializer.Serialize(report, StoreJsonContext.Default.ReviewReport) : report.Line());
        return ExitCodes.Done;
    }

    /// <summary>The review of an id.</summary>
    /// <exception cref="InputException">There is none.</exception>
    internal static async Task<WorkItem> ReadAsync(OpenStore store, string text, CancellationToken cancellationToken)
    {
        ReviewId id;
        try
        {
            id = ReviewId.Parse(text);
        }
        catch (FormatException unusable)
        {
            throw new InputException($"{text}: {unusable.Message}", unusable);
        }

        return await store.Queue.GetAsync(id.Workflow, id.DecisionId, cancellationToken).ConfigureAwait(false)
            ?? throw new InputException($"{text}: expected a review of this store; there is none of that name. List them with humanloop reviews.");
    }

    private static string Why(TransitionStatus status) => status switch
    {
        TransitionStatus.StaleRevision => "somebody else was quicker",
        TransitionStatus.AlreadyDecided => "it was decided before",
        TransitionStatus.Closed => "it is closed",
        _ => "its state does not allow it",
    };
}
