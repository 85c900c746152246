using HumanLoop.Journaling;

namespace HumanLoop.Observing;

/// <summary>Makes one workflow's projection again from the beginning of the journal and compares it with what is stored.</summary>
internal interface IProjectionCheck
{
    /// <summary>Applies the next record.</summary>
    Task ApplyAsync(JournalRecord record, CancellationToken cancellationToken);

    /// <summary>What does not agree, at the end of the journal; empty when all does.</summary>
    IReadOnlyList<string> Finish();
}
