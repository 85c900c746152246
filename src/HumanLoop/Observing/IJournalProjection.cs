namespace HumanLoop.Observing;

/// <summary>Something that follows from workflows' journals and is stored beside them: what was learnt, what adds up.</summary>
internal interface IJournalProjection
{
    /// <summary>Its name, for logs.</summary>
    string Name { get; }

    /// <summary>Continues from what is stored.</summary>
    /// <returns>What the journal is to be applied to; null where it cannot be continued here, which the projection has logged.</returns>
    /// <exception cref="StoreMismatchException">It was written by a newer version of the library.</exception>
    Task<IProjected?> LoadAsync(ILearningWorkflow workflow, CancellationToken cancellationToken);

    /// <summary>Begins to compare what is stored with what the journal leads to.</summary>
    /// <exception cref="InvalidOperationException">It cannot be made again here; the message says why.</exception>
    Task<IProjectionCheck> CheckAsync(string workflow, CancellationToken cancellationToken);
}
