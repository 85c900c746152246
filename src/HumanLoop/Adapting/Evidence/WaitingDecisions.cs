using System.Text.Json;

namespace HumanLoop.Adapting;

/// <summary>The drawn decisions from the oldest unanswered one on, in order, with what is known of each. Not safe for concurrent use.</summary>
internal sealed class WaitingDecisions
{
    private readonly List<WaitingBlock> _blocks = [];
    private int _gone;

    /// <summary>The blocks in order: all but the last are full, and none is empty.</summary>
    public IReadOnlyList<WaitingBlock> Blocks => _blocks;

    public int Count => _blocks.Count == 0 ? 0 : ((_blocks.Count - 1) * WaitingBlock.Size) + _blocks[^1].Count - _gone;

    /// <summary>The sequence number of the oldest; null when there is none.</summary>
    public long? First => _blocks.Count == 0 ? null : _blocks[0][_gone].Sequence;

    public void Add(in WaitingDecision decision)
    {
        if (_blocks.Count == 0 || _blocks[^1].IsFull)
        {
            _blocks.Add(new());
        }

        _blocks[^1].Add(decision);
    }

    /// <summary>Goes on with what was stored.</summary>
    /// <param name="full">The stored blocks, in order.</param>
    /// <param name="rest">What was stored with the state.</param>
    /// <param name="count">How many waited.</param>
    public void Load(IReadOnlyList<WaitingBlock> full, JsonElement rest, int count)
    {
        _blocks.AddRange(full);
        foreach (var item in rest.EnumerateArray())
        {
            Add(WaitingDecision.Read(item));
        }

        // What was counted since the first block was written still stands in it.
        _gone = Count - count;
        if (_gone is < 0 or >= WaitingBlock.Size || (_gone > 0 && full.Count == 0))
        {
            throw new FormatException($"Expected {count} decisions that wait, not {Count + _gone}.");
        }
    }

    /// <summary>Says what is known of one.</summary>
    /// <returns>Whether it waits.</returns>
    public bool Answer(long sequence, OutcomeStanding standing)
    {
        if (!(First <= sequence))
        {
            return false;
        }

        int low = 0, high = _blocks.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            (low, high) = _blocks[middle][0].Sequence <= sequence ? (middle, high) : (low, middle - 1);
        }

        var (block, index) = (_blocks[low], _blocks[low].Find(sequence));
        if (index == block.Count || block[index].Sequence != sequence)
        {
            return false;
        }

        block[index].Standing = standing;

        // The oldest is about to go, which needs no writing.
        block.IsDirty |= sequence != First;
        return true;
    }

    /// <summary>Takes the oldest, if it is answered.</summary>
    public bool TryTake(out WaitingDecision oldest)
    {
        oldest = _blocks.Count == 0 ? default : _blocks[0][_gone];
        if (oldest.Standing == OutcomeStanding.Unknown)
        {
            return false;
        }

        if (++_gone == _blocks[0].Count)
        {
            _gone = 0;
            _blocks.RemoveAt(0);
        }

        return true;
    }

    public void Clear()
    {
        _gone = 0;
        _blocks.Clear();
    }

    /// <summary>Writes those of some blocks.</summary>
    public void WriteTo(Utf8JsonWriter writer, IEnumerable<WaitingBlock> blocks)
    {
        foreach (var block in blocks)
        {
            block.WriteTo(writer, block == _blocks[0] ? _gone : 0);
        }
    }
}
