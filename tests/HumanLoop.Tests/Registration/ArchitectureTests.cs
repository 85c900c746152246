using System.Xml.Linq;

namespace HumanLoop.Tests.Registration;

/// <summary>Arrows point inward: satellite → HumanLoop → Microsoft.Extensions.*.</summary>
public class ArchitectureTests
{
    /// <summary>The design's list of what each package may depend on.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["HumanLoop"] =
        [
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Hosting.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "Microsoft.Extensions.Options.ConfigurationExtensions", "Polly",
        ],
        ["HumanLoop.Sqlite"] = ["Microsoft.Data.Sqlite"],
        ["HumanLoop.PostgreSql"] = ["Npgsql"],
        ["HumanLoop.AspNetCore"] = [],
        ["HumanLoop.Extensions.AI"] = ["Microsoft.Extensions.AI"],
        ["HumanLoop.Webhooks"] = [],
        ["HumanLoop.OpenTelemetry"] = ["OpenTelemetry.Api"],
        ["HumanLoop.Testing"] = ["Microsoft.Extensions.DependencyInjection", "Sep"],
        ["HumanLoop.Cli"] = ["Microsoft.Extensions.DependencyInjection", "Sep", "Spectre.Console", "System.CommandLine"],
    };

    /// <summary>The command line is an end product: it may read every store. A satellite knows the core only.</summary>
    private static readonly string[] KnownToTheCommandLine = ["HumanLoop", "HumanLoop.Sqlite", "HumanLoop.PostgreSql"];

    public static TheoryData<string> Projects => [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    private static string Root => Repository.Root;

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_package_depends_on_HumanLoop_and_its_one_foreign_dependency_only(string project)
    {
        var file = XDocument.Load(Path.Combine(Root, "src", project, $"{project}.csproj"));

        Assert.Equal(Allowed[project].Order(StringComparer.Ordinal), Included(file, "PackageReference").Order(StringComparer.Ordinal));
        string[] ours = [.. Included(file, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))];
        if (project == "HumanLoop.Cli")
        {
            Assert.Empty(ours.Except(KnownToTheCommandLine));
            return;
        }

        Assert.Equal(project == "HumanLoop" ? [] : ["HumanLoop"], ours);
    }

    [Fact]
    public void The_core_knows_nobody_but_the_framework_and_what_it_lists()
    {
        var foreign = typeof(IReviewDesk).Assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && name is not "Polly" and not "Polly.Core");

        Assert.Empty(foreign);
    }

    [Fact]
    public void What_an_application_types_is_in_the_root_namespace_and_what_extends_the_library_in_the_verbs()
    {
        string[] verbs = ["Diagnostics", "Journaling", "Queueing", "Running", "Acting", "Assessing", "Adapting", "Notifying", "Observing", "Reporting", "Routing", "Reviewing"];
        var namespaces = typeof(IReviewDesk).Assembly.GetExportedTypes().Select(type => type.Namespace!).Distinct();

        Assert.All(namespaces, name => Assert.Contains(name, verbs.Select(verb => $"HumanLoop.{verb}").Append("HumanLoop").Append("Microsoft.Extensions.DependencyInjection")));
    }

    [Fact]
    public void No_type_of_the_core_has_a_name_that_clashes_or_says_nothing()
    {
        string[] taken = ["Route", "Outcome", "RoutingContext"];
        string[] empty = ["Manager", "Helper", "Helpers", "Utils", "Impl"];
        var names = typeof(IReviewDesk).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("HumanLoop", StringComparison.Ordinal) == true).Select(type => type.Name).ToArray();

        Assert.DoesNotContain(names, name => taken.Contains(name));
        Assert.DoesNotContain(names, name => empty.Any(word => name.EndsWith(word, StringComparison.Ordinal)) || name.StartsWith("Default", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Included(XDocument file, string item) => file.Descendants(item).Select(reference => reference.Attribute("Include")!.Value);
}
