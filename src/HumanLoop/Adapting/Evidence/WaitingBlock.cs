using System.Text;
using System.Text.Json;

namespace HumanLoop.Adapting;

/// <summary>Some decisions that wait, one after the other. A full one is stored as a document of its own, so that a million of them are not written again at
/// every answer.</summary>
internal sealed class WaitingBlock
{
    public const int Size = 1_024;

    private readonly WaitingDecision[] _items = new WaitingDecision[Size];

    public int Count { get; private set; }

    public bool IsFull => Count == Size;

    /// <summary>The number of its document; null while it has none.</summary>
    public int? Document { get; set; }

    /// <summary>Whether its document does not say what it says.</summary>
    public bool IsDirty { get; set; } = true;

    public ref WaitingDecision this[int index] => ref _items[index];

    public static WaitingBlock Load(string json, int document)
    {
        using var parsed = JsonDocument.Parse(json);
        var block = new WaitingBlock { Document = document };
        foreach (var item in parsed.RootElement.EnumerateArray())
        {
            block.Add(WaitingDecision.Read(item));
        }

        block.IsDirty = false;
        return block.IsFull ? block : throw new FormatException($"Expected {Size} decisions that wait, not {block.Count}.");
    }

    public void Add(in WaitingDecision item)
    {
        if (IsFull)
        {
            throw new FormatException($"Expected at most {Size} decisions that wait.");
        }

        _items[Count++] = item;
        IsDirty = true;
    }

    /// <summary>The first whose sequence is not below one; <see cref="Count"/> when there is none.</summary>
    public int Find(long sequence)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            (low, high) = _items[middle].Sequence < sequence ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    public string Save()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            WriteTo(writer, 0);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public void WriteTo(Utf8JsonWriter writer, int from)
    {
        for (var i = from; i < Count; i++)
        {
            _items[i].WriteTo(writer);
        }
    }
}
