using HumanLoop.Journaling;

namespace HumanLoop.Observing;

/// <summary>One workflow's projection in the memory of the process that holds its lease.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal interface IProjected
{
    /// <summary>Everything up to here has been applied.</summary>
    long Position { get; }

    /// <summary>Whether it may be stored at all.</summary>
    bool IsReady { get; }

    /// <summary>Whether it has to be committed before anything else is read.</summary>
    bool IsUrgent { get; }

    /// <summary>Whether it has waited long enough to be committed.</summary>
    bool IsDue { get; }

    /// <summary>Follows the settings, before a page is applied.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Whether the decision's own stream has to be handed to <see cref="Recall"/> before this record is applied.</summary>
    bool Misses(JournalRecord record);

    /// <summary>Takes in what is known of a decision, from its own stream before the record that comes next.</summary>
    void Recall(DecisionId id, IReadOnlyList<JournalRecord> stream, long before);

    /// <summary>Applies the next record; one that was applied before changes nothing.</summary>
    Task ApplyAsync(JournalRecord record, CancellationToken cancellationToken);

    /// <summary>Nothing of this workflow stands between the last record and here.</summary>
    void Pass(long position);

    /// <summary>Whether a commit has anything to write.</summary>
    /// <param name="isLast">Whether the process stops after it.</param>
    bool HasChanges(bool isLast);

    /// <summary>What a commit writes.</summary>
    /// <param name="isLast">Whether the process stops after it.</param>
    ProjectionCommit ToCommit(bool isLast);

    /// <summary>What <see cref="ToCommit"/> gave is committed.</summary>
    Task CommittedAsync(ProjectionCommit commit);
}
