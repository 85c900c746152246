using HumanLoop.Tests.Shared;

namespace Architecture.Tests;

/// <summary>The order of folders in each project, bottom first, and the arrows against it that are still there.</summary>
internal sealed class LayerFile
{
    private readonly Dictionary<string, List<Layer>> _layers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _tolerated = new(StringComparer.Ordinal);

    public static LayerFile Read()
    {
        var file = new LayerFile();
        var project = "";
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Architecture.Tests", "layers.txt")))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[')
            {
                project = line.Trim('[', ']');
                (file._layers[project], file._tolerated[project]) = ([], []);
            }
            else if (line[0] == '!')
            {
                file._tolerated[project].Add(line[1..].Trim());
            }
            else
            {
                var (folder, purpose) = line.Split('|', 2, StringSplitOptions.TrimEntries) is [var one, var two] ? (one, two) : throw new FormatException($"layers.txt: '{line}' is not 'folder | purpose'.");
                file._layers[project].Add(new(folder, purpose));
            }
        }

        return file;
    }

    public IEnumerable<string> Projects => _layers.Keys;

    public IReadOnlyList<Layer> LayersOf(string project) => _layers.TryGetValue(project, out var layers) ? layers : [];

    public IReadOnlyList<string> ToleratedIn(string project) => _tolerated.TryGetValue(project, out var arrows) ? arrows : [];
}
