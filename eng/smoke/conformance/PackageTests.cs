using System.IO.Compression;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

/// <summary>What a package must contain to be a good one.</summary>
[TestClass]
public sealed class PackageTests
{
    public static IEnumerable<object[]> Packages =>
        Directory.GetFiles(Environment.GetEnvironmentVariable("PACKAGES")!, "*.nupkg").Select(file => new object[] { Path.GetFileName(file) });

    [TestMethod]
    [DynamicData(nameof(Packages))]
    public void A_package_says_what_it_is_and_brings_its_documentation(string package)
    {
        using var zip = ZipFile.OpenRead(PathOf(package));
        var id = package[..package.IndexOf(".0.0.0", StringComparison.Ordinal)];
        var names = zip.Entries.Select(entry => entry.FullName).ToArray();
        var folder = IsTool(package) ? "tools/net10.0/any" : "lib/net10.0";
        foreach (var expected in new[] { "README.md", "icon.png", $"{folder}/{id}.dll", $"{folder}/{id}.xml" })
        {
            CollectionAssert.Contains(names, expected);
        }

        var metadata = Nuspec(zip);
        Assert.AreEqual("MIT", Text(metadata, "license"));
        Assert.AreEqual("README.md", Text(metadata, "readme"));
        Assert.AreEqual("icon.png", Text(metadata, "icon"));
        Assert.IsTrue(Text(metadata, "description") is { Length: > 60 }, "The description is too short to help.");
        Assert.IsTrue(Text(metadata, "tags")?.Contains("human-in-the-loop", StringComparison.Ordinal), "The tags are missing.");
        Assert.IsTrue(Child(metadata, "repository")?.Attribute("commit")?.Value is { Length: 40 }, "The package does not say which commit it was built from.");
    }

    [TestMethod]
    [DynamicData(nameof(Packages))]
    public void A_package_has_symbols_beside_it(string package)
    {
        using var zip = ZipFile.OpenRead(Path.ChangeExtension(PathOf(package), ".snupkg"));
        Assert.IsTrue(zip.Entries.Any(entry => entry.FullName.EndsWith(".pdb", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DynamicData(nameof(Packages))]
    public void A_package_depends_on_the_core_of_its_own_version(string package)
    {
        using var zip = ZipFile.OpenRead(PathOf(package));
        var version = Text(Nuspec(zip), "version");
        var ours = Nuspec(zip).Descendants().Where(node => node.Name.LocalName == "dependency" && node.Attribute("id")!.Value.StartsWith("HumanLoop", StringComparison.Ordinal)).ToArray();
        // The core depends on none of us, and a tool brings along what it needs.
        Assert.AreEqual(package.StartsWith("HumanLoop.0", StringComparison.Ordinal) || IsTool(package) ? 0 : 1, ours.Length);
        Assert.IsTrue(ours.All(node => node.Attribute("version")!.Value == version));
    }

    [TestMethod]
    public void The_core_brings_the_schema_of_its_settings()
    {
        using var zip = ZipFile.OpenRead(PathOf("HumanLoop.0.0.0-smoke.nupkg"));
        Assert.IsNotNull(zip.GetEntry("ConfigurationSchema.json"));
        Assert.IsNotNull(zip.GetEntry("buildTransitive/net10.0/HumanLoop.targets"));
    }

    private static bool IsTool(string package) => package.StartsWith("HumanLoop.Cli.", StringComparison.Ordinal);

    private static string PathOf(string package) => Path.Combine(Environment.GetEnvironmentVariable("PACKAGES")!, package);

    private static XElement Nuspec(ZipArchive zip)
    {
        using var stream = zip.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream).Root!.Elements().Single(node => node.Name.LocalName == "metadata");
    }

    private static XElement? Child(XElement metadata, string name) => metadata.Elements().SingleOrDefault(node => node.Name.LocalName == name);

    private static string? Text(XElement metadata, string name) => Child(metadata, name)?.Value;
}
