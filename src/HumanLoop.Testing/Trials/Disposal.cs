namespace HumanLoop.Testing.Trials;

internal static class Disposal
{
    /// <summary>Disposes what can be disposed.</summary>
    public static async ValueTask DisposeAsync(object subject)
    {
        switch (subject)
        {
            case IAsyncDisposable asynchronous:
                await asynchronous.DisposeAsync().ConfigureAwait(false);
                break;
            case IDisposable plain:
                plain.Dispose();
                break;
        }
    }
}
