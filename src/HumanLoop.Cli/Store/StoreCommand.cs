using System.CommandLine;
using HumanLoop.Cli.Answering;
using HumanLoop.Cli.Input;

namespace HumanLoop.Cli.Store;

/// <summary>A command over a store.</summary>
internal abstract class StoreCommand : Command
{
    private readonly Option<string> _store = new("--store") { Description = "The store: a path such as reviews.db, or a connection string such as \"Host=db;Database=reviews\".", Required = true };
    private readonly Option<string> _schema = new("--schema") { Description = "The namespace of a PostgreSQL store (humanloop).", DefaultValueFactory = _ => "humanloop" };
    private readonly Option<bool> _json = new("--json") { Description = "Answer as JSON." };

    protected StoreCommand(string name, string description)
        : base(name, description)
    {
        Add(_store);
        Add(_schema);
        Add(_json);
        SetAction(InvokeAsync);
    }

    protected abstract Task<int> RunAsync(OpenStore store, ParseResult parsed, bool json, CancellationToken cancellationToken);

    private async Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var store = OpenStore.Open(parsed.GetValue(_store)!, parsed.GetValue(_schema)!);
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
