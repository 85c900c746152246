namespace HumanLoop.Journaling;

/// <summary>History that chooses the bets of a body of evidence that has not begun: it shortens the wait and opens nothing.</summary>
public sealed record PriorImported : JournalEntry
{
    /// <summary>The model.</summary>
    public string? Model { get; init; }

    /// <summary>The segment.</summary>
    public string? Segment { get; init; }

    /// <summary>The confidences of the past decisions.</summary>
    public required IReadOnlyList<double> Confidences { get; init; }

    /// <summary>Whether each was right, in the same order.</summary>
    public required IReadOnlyList<bool> WereRight { get; init; }

    /// <summary>Whether two entries say the same.</summary>
    /// <param name="other">The other entry.</param>
    /// <returns><see langword="true"/> when nothing differs.</returns>
    public bool Equals(PriorImported? other) =>
        base.Equals(other) && Model == other.Model && Segment == other.Segment && Confidences.SequenceEqual(other.Confidences) && WereRight.SequenceEqual(other.WereRight);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Model, Segment, Confidences.Count);
}
