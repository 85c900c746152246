using System.Text;

namespace Architecture.Tests;

/// <summary>The layers as the page on architecture shows them: the highest first, so that a use points down the page.</summary>
internal static class LayerDrawing
{
    public static string Of(LayerFile file)
    {
        var text = new StringBuilder();
        foreach (var project in file.Projects)
        {
            var layers = file.LayersOf(project);
            var width = layers.Max(layer => layer.Folder.Length);
            text.Append(text.Length == 0 ? "" : "\n").Append(project).Append('\n');
            foreach (var layer in layers.Reverse())
            {
                text.Append($"  {layer.Folder.PadRight(width)}  {layer.Purpose}\n");
            }

            foreach (var arrow in file.ToleratedIn(project))
            {
                text.Append($"  ! {arrow}\n");
            }
        }

        return text.ToString();
    }
}
