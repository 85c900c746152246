using HumanLoop.Journaling;

namespace HumanLoop.Hosting;

/// <summary>A document of the store as a whole that the first application writes and every later one reads.</summary>
internal static class StoreDocument
{
    public static async Task<string> InsertOrReadAsync(IWorkflowState state, string name, string value)
    {
        var document = await state.ReadAsync("", name).ConfigureAwait(false);
        if (document is null && await state.WriteAsync("", name, value, 0).ConfigureAwait(false))
        {
            return value;
        }

        return (document ?? await state.ReadAsync("", name).ConfigureAwait(false))?.Value
            ?? throw new StoreException($"The store neither took nor gave its document '{name}'.");
    }
}
