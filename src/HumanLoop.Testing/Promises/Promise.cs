using System.Runtime.CompilerServices;

namespace HumanLoop.Testing.Promises;

/// <summary>One promise of a contract; its name is the method's, read as a sentence.</summary>
/// <typeparam name="TTrial">What the promise is tried on.</typeparam>
internal sealed record Promise<TTrial>(string Name, Func<TTrial, Task> Run)
    where TTrial : IAsyncDisposable
{
    public static Promise<TTrial> Of(Func<TTrial, Task> run, [CallerArgumentExpression(nameof(run))] string method = "") =>
        new(method.Replace('_', ' '), run);

    /// <summary>The promise as a case that begins with a fresh trial.</summary>
    public ConformanceCase With(Func<CancellationToken, ValueTask<TTrial>> begin) => new(Name, async cancellationToken =>
    {
        var trial = await begin(cancellationToken).ConfigureAwait(false);
        await using (trial.ConfigureAwait(false))
        {
            await Run(trial).ConfigureAwait(false);
        }
    });
}
