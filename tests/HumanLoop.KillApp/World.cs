namespace HumanLoop.KillApp;

/// <summary>The world outside: a receiver that honours keys, and remembers every call.</summary>
public sealed class World(string folder)
{
    private readonly string _effects = Directory.CreateDirectory(Path.Combine(folder, "effects")).FullName;
    private readonly string _calls = Directory.CreateDirectory(Path.Combine(folder, "calls")).FullName;

    /// <summary>What happened, by key.</summary>
    public Dictionary<string, string> Effects => Directory.EnumerateFiles(_effects).ToDictionary(file => Uri.UnescapeDataString(Path.GetFileName(file)), File.ReadAllText);

    /// <summary>The keys of all calls, as often as they came.</summary>
    public IEnumerable<string> Calls => Directory.EnumerateFiles(_calls).Select(file => Uri.UnescapeDataString(Path.GetFileNameWithoutExtension(file)));

    /// <summary>Does it, unless the key was seen before. Whether it is new and what it says are one step: a killed caller leaves no half of it.</summary>
    public void Do(string key, string what)
    {
        var name = Uri.EscapeDataString(key);
        var call = Path.Combine(_calls, $"{name}.{Guid.CreateVersion7():n}");
        File.WriteAllText(call, what);
        try
        {
            File.Move(Copy(call), Path.Combine(_effects, name), overwrite: false);
        }
        catch (IOException) when (File.Exists(Path.Combine(_effects, name)))
        {
            // Known: the receiver answers as it did the first time.
        }
    }

    private string Copy(string call)
    {
        var copy = Path.Combine(Directory.CreateDirectory(_effects + ".new").FullName, Path.GetFileName(call));
        File.Copy(call, copy);
        return copy;
    }
}
