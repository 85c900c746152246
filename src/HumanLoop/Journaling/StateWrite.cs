namespace HumanLoop.Journaling;

/// <summary>One document to write.</summary>
/// <param name="Workflow">The workflow's name; empty for what belongs to the store as a whole.</param>
/// <param name="Name">The document's name.</param>
/// <param name="Value">The new text.</param>
/// <param name="ExpectedVersion">The version that was read; 0 to create it.</param>
public sealed record StateWrite(string Workflow, string Name, string Value, long ExpectedVersion)
{
    /// <summary>Refuses documents that no store can write; every store calls it before it writes.</summary>
    /// <param name="documents">The documents.</param>
    /// <exception cref="ArgumentException">One of them has no workflow, name or value.</exception>
    public static void Validate(IReadOnlyList<StateWrite> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        foreach (var document in documents)
        {
            ArgumentNullException.ThrowIfNull(document.Workflow);
            ArgumentException.ThrowIfNullOrEmpty(document.Name);
            ArgumentNullException.ThrowIfNull(document.Value);
        }
    }
}
