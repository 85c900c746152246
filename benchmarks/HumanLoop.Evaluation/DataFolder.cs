namespace HumanLoop.Evaluation;

/// <summary>Where the real decision streams lie, if they do: beside the repository, never in it.</summary>
internal static class DataFolder
{
    public static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data");
            if (File.Exists(Path.Combine(data, "clinc150-decisions.csv")))
            {
                return data;
            }
        }

        return null;
    }
}
