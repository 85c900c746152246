namespace Architecture.Tests;

/// <summary>An arrow points only downward: what several folders speak of lies below them, what joins them lies above.</summary>
public class LayeringTests
{
    private static readonly LayerFile Layers = LayerFile.Read();

    public static TheoryData<string> Projects => [.. SourceProject.Names];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_folder_uses_only_folders_below_it(string name)
    {
        var project = SourceProject.Of(name);
        string[] order = [.. Layers.LayersOf(name).Select(layer => layer.Folder)];

        Assert.Equal(project.Files.Select(project.FolderOf).Distinct().Order(StringComparer.Ordinal), order.Order(StringComparer.Ordinal));
        var upward = project.Arrows((from, to) => Array.IndexOf(order, to) > Array.IndexOf(order, from)).ToLookup(arrow => $"{arrow.FromFolder} -> {arrow.ToFolder}");
        var tolerated = Layers.ToleratedIn(name);
        Assert.True(upward.All(arrows => tolerated.Contains(arrows.Key)), string.Join('\n', upward.Where(arrows => !tolerated.Contains(arrows.Key)).SelectMany(arrows => arrows)));
        Assert.True(tolerated.All(upward.Contains), $"These are gone, and gone for good: {string.Join(", ", tolerated.Where(arrow => !upward.Contains(arrow)))}. Take them out of layers.txt.");
    }

    [Fact]
    public void Every_project_has_its_order() => Assert.Equal(SourceProject.Names, Layers.Projects.Order(StringComparer.Ordinal));
}
