namespace HumanLoop.Queues;

/// <summary>One row of the table.</summary>
/// <param name="Name">What is done; other cases name it to be compared with.</param>
/// <param name="Reference">What is measured right before it.</param>
/// <param name="RunAsync">Does it once, from a fresh start.</param>
internal sealed record Case(string Name, Reference Reference, Func<Task<Sample>> RunAsync)
{
    /// <summary>The case that writes the same rows with nothing of the library; <see langword="null"/> for none.</summary>
    public string? Floor { get; init; }

    /// <summary>What it has to reach.</summary>
    public IReadOnlyList<Target> Targets { get; init; } = [];
}
