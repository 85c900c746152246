using System.Runtime.CompilerServices;

namespace HumanLoop.Testing.Conformance;

/// <summary>A promise of <see cref="Reviewing.IReviewQueue"/>; its name is the method's, read as a sentence.</summary>
internal sealed record QueueCase(string Name, Func<QueueTrial, Task> Run)
{
    public static QueueCase Of(Func<QueueTrial, Task> run, [CallerArgumentExpression(nameof(run))] string method = "") =>
        new(method.Replace('_', ' '), run);
}
