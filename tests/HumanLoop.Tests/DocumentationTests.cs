using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using HumanLoop.Diagnostics;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Tests;

/// <summary>What the documentation lists is what there is.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Root = Repository.Root;

    [Fact]
    public void Every_relative_link_leads_to_a_file_and_a_heading()
    {
        foreach (var page in Pages())
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                var (target, anchor) = (link.Groups["target"].Value, link.Groups["anchor"].Value);
                if (target.Contains("://", StringComparison.Ordinal))
                {
                    continue;
                }

                var file = target.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, target));
                Assert.True(File.Exists(file) || Directory.Exists(file), $"{page}: {target} leads nowhere.");
                if (anchor.Length > 0)
                {
                    Assert.True(Heading().Matches(File.ReadAllText(file)).Any(heading => Anchor(heading.Groups["text"].Value) == anchor), $"{page}: {target}#{anchor} leads to no heading.");
                }
            }
        }
    }

    [Fact]
    public void Every_page_can_be_reached_from_the_readme()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>([Path.Combine(Root, "README.md")]);
        while (next.TryDequeue(out var page))
        {
            if (!reached.Add(page))
            {
                continue;
            }

            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                var target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, link.Groups["target"].Value));
                foreach (var file in Directory.Exists(target) ? Directory.GetFiles(target, "*.md") : target.EndsWith(".md", StringComparison.Ordinal) && File.Exists(target) ? [target] : [])
                {
                    next.Enqueue(file);
                }
            }
        }

        Assert.Empty(Pages().Except(reached));
    }

    [Fact]
    public void The_telemetry_page_lists_every_instrument_and_attribute_and_no_other()
    {
        var names = typeof(HumanLoopDiagnostics).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(name => name.StartsWith("humanloop.", StringComparison.Ordinal));
        var listed = FirstColumn("telemetry.md").Where(name => name.StartsWith("humanloop.", StringComparison.Ordinal) && name is not ("humanloop.decide" or "humanloop.review"));
        Assert.Equal(names.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_telemetry_page_lists_every_log_event_with_its_level()
    {
        var events = typeof(HumanLoopDiagnostics).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .Select(message => $"{message.EventId} {message.Level}");
        var listed = LogRow().Matches(File.ReadAllText(Path.Combine(Root, "docs", "operations", "telemetry.md")))
            .Where(row => row.Groups["id"].Value is not ['8', _]) // those of webhooks are compared beside them
            .Select(row => $"{row.Groups["id"].Value} {row.Groups["level"].Value}");
        Assert.Equal(events.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_journey_tells_every_reason_that_the_library_gives()
    {
        var journey = File.ReadAllText(Path.Combine(Root, "docs", "journey.md"));
        foreach (var reason in typeof(RouteReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!))
        {
            Assert.Contains($"`{reason}", journey, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Pages() =>
        Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Concat(Directory.GetFiles(Root, "*.md"));

    private static IEnumerable<string> FirstColumn(string page) =>
        Row().Matches(File.ReadAllText(Path.Combine(Root, "docs", "operations", page))).Select(row => row.Groups["name"].Value);

    /// <summary>A heading as Markdown viewers name it in a link.</summary>
    private static string Anchor(string heading) =>
        string.Concat(heading.Trim().ToLower(CultureInfo.InvariantCulture).Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c));

    [GeneratedRegex(@"\]\((?<target>[^)#\s]*)(#(?<anchor>[^)]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| (?<id>\d+) \| (?<level>[A-Z][a-z]+) \|", RegexOptions.Multiline)]
    private static partial Regex LogRow();
}
