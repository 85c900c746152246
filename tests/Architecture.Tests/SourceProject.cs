using System.Text.RegularExpressions;
using System.Xml.Linq;
using HumanLoop.Tests.Shared;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests;

/// <summary>A project below <c>src</c> as its syntax trees show it: files, folders, and which type uses which.</summary>
internal sealed partial class SourceProject
{
    /// <summary>The folder that stands for files which lie in the project's own folder.</summary>
    public const string RootFolder = "(root)";

    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14);
    private static readonly Dictionary<string, SourceProject> Parsed = new(StringComparer.Ordinal);

    private readonly string _folder;
    private readonly CSharpCompilation _compilation;

    private SourceProject(string name)
    {
        Name = name;
        _folder = Path.Combine(Repository.Root, "src", name);
        Files = [.. FilesBelow(_folder, "*.cs"), .. Linked()];
        Trees = [.. Files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Options, file))];
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != name)
            .Select(path => MetadataReference.CreateFromFile(path));
        _compilation = CSharpCompilation.Create(name, [.. Trees, CSharpSyntaxTree.ParseText(Usings, Options)], references, new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    public string Name { get; }

    public IReadOnlyList<string> Files { get; }

    public IReadOnlyList<SyntaxTree> Trees { get; }

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static SourceProject Of(string name)
    {
        lock (Parsed)
        {
            return Parsed.TryGetValue(name, out var known) ? known : Parsed[name] = new(name);
        }
    }

    /// <summary>The project's folder that a file lies in, at the top; a linked file's own folder below <c>src</c>.</summary>
    public string FolderOf(string file)
    {
        var path = Path.GetRelativePath(_folder, file).Replace('\\', '/');
        return path.StartsWith("../", StringComparison.Ordinal)
            ? path[3..path.LastIndexOf('/')]
            : path.IndexOf('/') is var slash and >= 0 ? path[..slash] : RootFolder;
    }

    /// <summary>Every use of a type by a type of another folder that is against an order.</summary>
    /// <param name="isUpward">Whether an arrow from the first folder to the second is against the order.</param>
    /// <remarks>Only names that could be such a use are bound: to bind every name of the core takes half a minute.</remarks>
    public IReadOnlyList<Arrow> Arrows(Func<string, string, bool> isUpward)
    {
        var places = Places();
        var arrows = new HashSet<Arrow>();
        foreach (var tree in Trees)
        {
            var from = FolderOf(tree.FilePath);
            var suspects = tree.GetRoot().DescendantNodes(node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>()
                .Where(name => places[name.Identifier.Text].Any(to => isUpward(from, to)))
                .ToList();
            if (suspects.Count == 0)
            {
                continue;
            }

            var model = _compilation.GetSemanticModel(tree);
            foreach (var name in suspects)
            {
                var info = model.GetSymbolInfo(name);
                if (Declared(info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is { } type && FolderOf(FileOf(type)) is var to && isUpward(from, to))
                {
                    arrows.Add(new(from, TypeAround(name), to, type.Name));
                }
            }
        }

        arrows.UnionWith(RazorArrows(places).Where(arrow => isUpward(arrow.FromFolder, arrow.ToFolder)));
        return [.. arrows];
    }

    /// <summary>The parameters of every constructor: type, folder, number.</summary>
    public IEnumerable<(string Folder, string Type, int Parameters)> Constructors() =>
        from tree in Trees
        from node in tree.GetRoot().DescendantNodes()
        let found = node switch
        {
            // A positional record's parameters are its data, not what it needs to work.
            ClassDeclarationSyntax { ParameterList: { } primary } type => (type.Identifier.Text, primary.Parameters.Count),
            ConstructorDeclarationSyntax constructor => (constructor.Identifier.Text, constructor.ParameterList.Parameters.Count),
            _ => (null, 0),
        }
        where found.Item1 is not null
        select (FolderOf(tree.FilePath), found.Item1, found.Item2);

    /// <summary>The folders of each declared type by its name, and of each extension method, whose class nobody names, by its.</summary>
    private ILookup<string, string> Places() =>
        (from tree in Trees
         from node in tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or BaseTypeDeclarationSyntax)
         let name = node switch
         {
             BaseTypeDeclarationSyntax type => type.Identifier.Text,
             DelegateDeclarationSyntax type => type.Identifier.Text,
             MethodDeclarationSyntax { ParameterList.Parameters: [{ } first, ..] } method when first.Modifiers.Any(SyntaxKind.ThisKeyword) => method.Identifier.Text,
             _ => null,
         }
         where name is not null
         select (name, Folder: FolderOf(tree.FilePath))).Distinct().ToLookup(place => place.name, place => place.Folder, StringComparer.Ordinal);

    private static string TypeAround(SimpleNameSyntax name) => name.Ancestors().OfType<MemberDeclarationSyntax>().LastOrDefault(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax) switch
    {
        BaseTypeDeclarationSyntax declaration => declaration.Identifier.Text,
        DelegateDeclarationSyntax declaration => declaration.Identifier.Text,
        _ => Path.GetFileName(name.SyntaxTree.FilePath),
    };

    /// <summary>What a Razor page names: its text is C# in parts, so every word that is a type of this project counts.</summary>
    private IEnumerable<Arrow> RazorArrows(ILookup<string, string> places) =>
        from file in FilesBelow(_folder, "*.razor")
        let folder = FolderOf(file)
        from word in Word().Matches(File.ReadAllText(file)).Select(match => match.Value).Distinct()
        from to in places[word]
        where to != folder
        select new Arrow(folder, Path.GetFileName(file), to, word);

    private static INamedTypeSymbol? Declared(ISymbol? symbol)
    {
        if (symbol is null or INamespaceSymbol or ILocalSymbol or IParameterSymbol or ITypeParameterSymbol)
        {
            return null;
        }

        var type = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension.ContainingType : symbol as INamedTypeSymbol ?? symbol.ContainingType;
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type?.OriginalDefinition is { DeclaringSyntaxReferences.Length: > 0 } declared && FileOf(declared).Length > 0 ? declared : null;
    }

    private static string FileOf(INamedTypeSymbol type) => type.DeclaringSyntaxReferences[0].SyntaxTree.FilePath;

    private IEnumerable<string> Linked() =>
        from item in XDocument.Load(Path.Combine(_folder, $"{Name}.csproj")).Descendants("Compile")
        let include = item.Attribute("Include")?.Value.Replace('\\', '/')
        where include is not null && include.StartsWith("../Shared/", StringComparison.Ordinal)
        from file in FilesBelow(Path.GetFullPath(Path.Combine(_folder, include[..include.IndexOf('*', StringComparison.Ordinal)])), "*.cs")
        select file;

    private static IEnumerable<string> FilesBelow(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Word();
}
