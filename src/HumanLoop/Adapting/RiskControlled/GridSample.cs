namespace HumanLoop.Adapting;

/// <summary>The first decisions of an epoch, kept until the grid is fixed from their confidences; their outcomes wait here for their bins.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class GridSample
{
    private readonly List<Item> _items = new(CoverageGrid.SampleSize);

    internal IReadOnlyList<Item> Items => _items;

    internal bool IsFull => _items.Count >= CoverageGrid.SampleSize;

    internal void Add(long sequence, double confidence) => _items.Add(new(sequence, confidence, Answer.None));

    internal void Restore(Item item) => _items.Add(item);

    internal void Mark(long sequence, Answer answer)
    {
        var index = _items.FindIndex(item => item.Sequence == sequence);
        if (index >= 0)
        {
            _items[index] = _items[index] with { Answer = answer };
        }
    }

    /// <summary>What is known of a sampled decision.</summary>
    internal enum Answer
    {
        None,
        Right,
        Wrong,
        Overdue,
    }

    internal readonly record struct Item(long Sequence, double Confidence, Answer Answer);
}
