using HumanLoop.Journaling;

namespace HumanLoop.Adapting;

/// <summary>In which documents the full blocks of what waits are stored. Numbers are used again, so that a store keeps no more of them than it once
/// needed.</summary>
internal sealed class WaitingDocuments(GroupDocument about)
{
    private readonly List<long> _versions = [];
    private readonly List<int> _written = [];
    private HashSet<int> _inUse = [];

    /// <summary>How many numbers have been given.</summary>
    public int Count => _versions.Count;

    public static string NameOf(GroupDocument about, int number) => $"{about.Document}/{number}";

    /// <summary>Goes on with what is stored.</summary>
    public void Load(IEnumerable<long> versions, IEnumerable<int> inUse)
    {
        _versions.AddRange(versions);
        _inUse = [.. inUse];
    }

    /// <summary>What has to be written so that the documents say what the blocks do.</summary>
    public List<StateWrite> ToCommit(string workflow, IReadOnlyList<WaitingBlock> blocks)
    {
        var writes = new List<StateWrite>();
        var inUse = blocks.Select(block => block.Document).OfType<int>().ToHashSet();
        var free = 0;
        _written.Clear();
        foreach (var block in blocks.Where(block => block.IsFull && block.IsDirty))
        {
            Write(block.Document ??= Take(), block.Save());
            block.IsDirty = false;
        }

        foreach (var number in _inUse.Except(inUse).ToList())
        {
            Write(number, "");
        }

        _inUse = inUse;
        return writes;

        int Take()
        {
            while (!inUse.Add(free))
            {
                free++;
            }

            if (free == _versions.Count)
            {
                _versions.Add(0);
            }

            return free;
        }

        void Write(int number, string text)
        {
            writes.Add(new(workflow, NameOf(about, number), text, _versions[number]));
            _written.Add(number);
        }
    }

    /// <summary>What <see cref="ToCommit"/> gave is committed.</summary>
    public void Committed()
    {
        foreach (var number in _written)
        {
            _versions[number]++;
        }

        _written.Clear();
    }
}
