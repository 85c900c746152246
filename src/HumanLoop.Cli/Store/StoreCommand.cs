using System.CommandLine;
using HumanLoop.Cli.Backtest;

namespace HumanLoop.Cli.Store;

/// <summary>A command over a store.</summary>
internal abstract class StoreCommand : Command
{
    private readonly Option<string> _store = new("--store") { Description = "The store: a path such as reviews.db, or a connection string.", Required = true };
    private readonly Option<bool> _json = new("--json") { Description = "Answer as JSON." };

    protected StoreCommand(string name, string description)
        : base(name, description)
    {
        Add(_store);
        Add(_json);
        SetAction(InvokeAsync);
    }

    protected abstract Task<int> RunAsync(OpenStore store, ParseResult parsed, bool json, CancellationToken cancellationToken);

    private async Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var store = OpenStore.Open(parsed.GetValue(_store)!);
            await using (store.ConfigureAwait(false))
            {
                return await RunAsync(store, parsed, parsed.GetValue(_json), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception unusable) when (unusable is InputException or HumanLoopException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(unusable.Message).ConfigureAwait(false);
            return ExitCodes.UnusableInput;
        }
    }
}
