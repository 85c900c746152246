using System.Text.RegularExpressions;
using HumanLoop.Tests.Shared;

namespace Architecture.Tests;

/// <summary>What keeps the folders readable, beside their order.</summary>
public sealed partial class HouseTests
{
    private const int MostFiles = 30;
    private const int MostParameters = 8;

    /// <summary>Folders that see everything, and so may be handed everything.</summary>
    private static readonly string[] Wiring = ["Hosting"];

    public static TheoryData<string> Projects => [.. SourceProject.Names];

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folder_has_more_than_thirty_files_of_its_own(string name)
    {
        var full = FilesOf(name).GroupBy(file => Path.GetDirectoryName(file)!).Where(folder => folder.Count() > MostFiles && !folder.Key.EndsWith(Path.Combine("Journaling", "Entries"), StringComparison.Ordinal));

        Assert.Empty(full.Select(folder => $"{Path.GetRelativePath(Repository.Root, folder.Key)}: {folder.Count()}"));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_constructor_has_more_than_eight_parameters_outside_the_wiring(string name)
    {
        var wide = SourceProject.Of(name).Constructors().Where(one => one.Parameters > MostParameters && !Wiring.Contains(one.Folder));

        Assert.Empty(wide.Select(one => $"{one.Folder}/{one.Type}: {one.Parameters}"));
    }

    [Fact]
    public void The_core_has_no_http_client_and_no_page()
    {
        var found = from file in FilesOf("HumanLoop")
                    from word in Outward().Matches(File.ReadAllText(file)).Select(match => match.Value)
                    select $"{Path.GetRelativePath(Repository.Root, file)}: {word}";

        Assert.Empty(found);
    }

    [Fact]
    public void Adapting_is_arithmetic_alone()
    {
        var found = from file in FilesOf("HumanLoop")
                    where file.Contains($"{Path.DirectorySeparatorChar}Adapting{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                    from word in Impure().Matches(File.ReadAllText(file)).Select(match => match.Value)
                    select $"{Path.GetRelativePath(Repository.Root, file)}: {word}";

        Assert.Empty(found);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_line_of_a_comment_has_more_than_160_characters_in_a_linked_or_internal_file(string name) =>
        Assert.Empty(from file in FilesOf(name)
                     from line in File.ReadLines(file).Index()
                     let text = line.Item.TrimStart()
                     where text.StartsWith("//", StringComparison.Ordinal) && text.Length > 160
                     select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1}: {text.Length}");

    private static IEnumerable<string> FilesOf(string name) => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", name), "*.*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
        .Where(file => !Path.GetRelativePath(Path.Combine(Repository.Root, "src", name), file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    [GeneratedRegex(@"\bHttpClient\b|\bHttpMessage\w+\b|\bSocketsHttpHandler\b|<(?:div|span|svg|html|table)\b")]
    private static partial Regex Outward();

    [GeneratedRegex(@"\bSystem\.IO\b|\bMicrosoft\.Extensions\.\w+|\bTimeProvider\b|\bTask\b|\bValueTask\b|\bILogger\b|\bFile\.|\bStream\b")]
    private static partial Regex Impure();
}
