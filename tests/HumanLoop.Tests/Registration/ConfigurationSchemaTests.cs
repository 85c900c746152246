using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HumanLoop.Hosting;
using HumanLoop.Notifying;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HumanLoop.Tests.Registration;

/// <summary>The options, the known keys, the schema of the settings and the reference table of the documentation say the same.</summary>
public sealed partial class ConfigurationSchemaTests
{
    private static readonly string Root = Repository.Root;
    private static readonly JsonObject Section = Schema()["properties"]!["HumanLoop"]!.AsObject();
    private static readonly IReadOnlyDictionary<string, JsonObject> ApplicationKeys = Leaves(Without(Without(Section, "Workflows"), "Webhooks"));
    private static readonly IReadOnlyDictionary<string, JsonObject> WorkflowKeys = Leaves(Section["properties"]!["Workflows"]!["additionalProperties"]!.AsObject());
    private static readonly IReadOnlyDictionary<string, JsonObject> WebhookKeys = Leaves(Section["properties"]!["Webhooks"]!["additionalProperties"]!.AsObject());
    private static readonly IReadOnlyDictionary<string, object?> WorkflowDefaults = Properties(new WorkflowOptions { Metric = { Guard = new() } });
    private static readonly IReadOnlyDictionary<string, object?> ApplicationDefaults = Properties(new HumanLoopOptions());

    private static readonly IReadOnlyDictionary<string, object?> WebhookDefaults = Properties(new WebhookOptions());

    [Fact]
    public void Options_known_keys_and_schema_have_the_same_keys()
    {
        Assert.Equal(Sorted(WorkflowDefaults.Keys), Sorted(KnownKeys.Workflow.Keys));
        Assert.Equal(Sorted(WorkflowDefaults.Keys), Sorted(WorkflowKeys.Keys));
        Assert.Equal(Sorted(ApplicationDefaults.Keys), Sorted(KnownKeys.Application.Keys));
        Assert.Equal(Sorted(ApplicationDefaults.Keys), Sorted(ApplicationKeys.Keys));
        Assert.Equal(Sorted(WebhookDefaults.Keys), Sorted(KnownKeys.Webhook.Keys));
        Assert.Equal(Sorted(WebhookDefaults.Keys), Sorted(WebhookKeys.Keys));
    }

    [Fact]
    public void The_schema_has_every_default_and_no_other()
    {
        foreach (var (schema, defaults) in new[] { (WorkflowKeys, WorkflowDefaults), (ApplicationKeys, ApplicationDefaults), (WebhookKeys, WebhookDefaults) })
        {
            foreach (var (key, value) in defaults)
            {
                var expected = Json(value);
                var found = schema[key]["default"];
                Assert.True(JsonNode.DeepEquals(expected, found), $"{key}: the default is {expected?.ToJsonString() ?? "none"}, and the schema says {found?.ToJsonString() ?? "none"}.");
            }
        }
    }

    [Fact]
    public void Every_key_of_the_schema_is_described_and_typed_as_the_option_is()
    {
        foreach (var (key, leaf) in WorkflowKeys.Concat(ApplicationKeys).Concat(WebhookKeys))
        {
            Assert.True(leaf["description"]?.GetValue<string>() is { Length: > 10 }, $"{key} has no description.");
        }

        foreach (var (key, kind) in KnownKeys.Workflow.Concat(KnownKeys.Application).Concat(KnownKeys.Webhook))
        {
            var leaf = WorkflowKeys.GetValueOrDefault(key) ?? ApplicationKeys.GetValueOrDefault(key) ?? WebhookKeys[key];
            var type = kind.IsList ? "array" : kind.Reads("true") && !kind.Reads("x") ? "boolean" : kind.Reads("7") && !kind.Reads("x") && !kind.Reads("00:01:00") ? kind.Reads("0.5") ? "number" : "integer" : "string";
            Assert.True(type == leaf["type"]!.GetValue<string>(), $"{key} is read as {type}, and the schema says {leaf["type"]}.");
        }
    }

    [Fact]
    public void The_schema_offers_the_values_that_are_accepted_and_no_others()
    {
        foreach (var (key, value) in WorkflowDefaults.Where(pair => pair.Value is Enum))
        {
            var accepted = Enum.GetNames(value!.GetType()).Where(name => IsAccepted(key, name));
            Assert.Equal(accepted, WorkflowKeys[key]["enum"]!.AsArray().Select(one => one!.GetValue<string>()));
        }
    }

    [Fact]
    public void The_schema_allows_the_numbers_that_are_accepted_and_no_others()
    {
        double[] numbers = [-1, -0.000001, 0, 0.000001, 0.05, 0.5, 0.999999, 1, 1.000001, 2, 5, 100, 101, 1000, 1001];
        foreach (var (key, leaf) in WorkflowKeys.Where(pair => pair.Value["type"]!.GetValue<string>() is "number" or "integer" && !pair.Key.StartsWith("Metric", StringComparison.Ordinal)))
        {
            foreach (var number in numbers.Where(number => leaf["type"]!.GetValue<string>() == "number" || double.IsInteger(number)))
            {
                Assert.True(Allows(leaf, number) == IsAccepted(key, number.ToString(CultureInfo.InvariantCulture)), $"{key} = {number}: schema and validation differ.");
            }
        }
    }

    [Theory]
    [InlineData("Review:Deadline", "04:00:00", true)]
    [InlineData("Review:Deadline", "1.12:30:00.5", true)]
    [InlineData("Review:Deadline", "4 hours", false)]
    [InlineData("Review:Deadline", "25:00:00", false)]
    [InlineData("Owner", "ops-lead@example.com", true)]
    [InlineData("Owner", "ann@example.com,ben@example.com", false)]
    [InlineData("Metric:By", "2027-03-31", true)]
    [InlineData("Metric:By", "soon", false)]
    public void The_patterns_of_the_schema_agree_with_validation(string key, string value, bool good)
    {
        Assert.Equal(good, Regex.IsMatch(value, WorkflowKeys[key]["pattern"]!.GetValue<string>()));
        Assert.Equal(good, IsAccepted(key, value));
    }

    [Fact]
    public void The_reference_table_of_the_documentation_has_every_key_with_its_default()
    {
        var rows = TableRow().Matches(File.ReadAllText(Path.Combine(Root, "docs", "concepts", "configuration.md")))
            .ToDictionary(row => row.Groups["key"].Value, row => row.Groups["default"].Value.Trim(), StringComparer.Ordinal);
        Assert.Equal(Sorted(WorkflowKeys.Keys.Concat(ApplicationKeys.Keys).Concat(WebhookKeys.Keys)), Sorted(rows.Keys));
        foreach (var (key, value) in WorkflowDefaults.Concat(ApplicationDefaults).Concat(WebhookDefaults))
        {
            var written = value switch
            {
                null or "" => null,
                IEnumerable and not string => null,
                bool flag => flag ? "`true`" : "`false`",
                TimeSpan span => $"`{span.ToString("c", CultureInfo.InvariantCulture)}`",
                IFormattable other => $"`{other.ToString(null, CultureInfo.InvariantCulture)}`",
                _ => $"`{value}`",
            };
            if (written is null)
            {
                Assert.False(rows[key].StartsWith('`'), $"{key} has no default, and the table gives {rows[key]}.");
            }
            else
            {
                Assert.Equal($"{key} {written}", $"{key} {rows[key]}");
            }
        }
    }

    /// <summary>Whether the application would start with one setting so.</summary>
    private static bool IsAccepted(string key, string value)
    {
        var isFixed = key == "Threshold:Value" || (key == "Threshold:Policy" && value == "Fixed");
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Owner"] = "ops-lead@example.com",
            ["Metric:Name"] = "refunds without a human",
            ["Metric:AtLeast"] = "0.6",
            ["Threshold:Policy"] = isFixed ? "Fixed" : "RiskControlled",
            ["Threshold:MaxErrorRate"] = "0.05",
        };
        if (isFixed)
        {
            settings["Threshold:Value"] = "0.9";
        }

        if (value == nameof(ThresholdPolicy.CostOptimal))
        {
            (settings["Threshold:CostOfError"], settings["Threshold:CostOfReview"]) = ("20", "1");
        }

        settings[key] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create($"HumanLoop:Workflows:refund:{pair.Key}", pair.Value))).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddHumanLoop();
        using var provider = services.BuildServiceProvider();
        try
        {
            return provider.GetRequiredService<IOptionsFactory<WorkflowOptions>>().Create("refund") is not null;
        }
        catch (OptionsValidationException)
        {
            return false;
        }
    }

    private static bool Allows(JsonObject leaf, double number) =>
        !(leaf["minimum"]?.GetValue<double>() > number)
        && !(leaf["maximum"]?.GetValue<double>() < number)
        && !(leaf["exclusiveMinimum"]?.GetValue<double>() >= number)
        && !(leaf["exclusiveMaximum"]?.GetValue<double>() <= number);

    private static JsonNode? Json(object? value) => value switch
    {
        null or "" => null,
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Enum choice => choice.ToString(),
        string text => text,
        IEnumerable list => new JsonArray([.. list.Cast<object>().Select(one => (JsonNode?)one.ToString())]),
        double number => JsonSerializer.SerializeToNode(number),
        _ => JsonSerializer.SerializeToNode(value, value.GetType()),
    };

    /// <summary>Every settable value below an options object, by the key that the configuration binds it from.</summary>
    private static Dictionary<string, object?> Properties(object options, string path = "")
    {
        var found = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
            var value = property.GetValue(options);
            if (value is not null && value.GetType().Name.EndsWith("Options", StringComparison.Ordinal))
            {
                foreach (var (inner, one) in Properties(value, key))
                {
                    found.Add(inner, one);
                }
            }
            else
            {
                found.Add(key, value);
            }
        }

        return found;
    }

    private static Dictionary<string, JsonObject> Leaves(JsonObject schema, string path = "")
    {
        var found = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
        foreach (var (name, node) in schema["properties"]!.AsObject())
        {
            var (key, leaf) = (path.Length == 0 ? name : $"{path}:{name}", node!.AsObject());
            if (!leaf.ContainsKey("properties"))
            {
                found.Add(key, leaf);
                continue;
            }

            foreach (var (inner, one) in Leaves(leaf, key))
            {
                found.Add(inner, one);
            }
        }

        return found;
    }

    private static JsonObject Without(JsonObject schema, string name)
    {
        var copy = schema.DeepClone().AsObject();
        copy["properties"]!.AsObject().Remove(name);
        return copy;
    }

    private static JsonNode Schema() => JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "src", "HumanLoop", "ConfigurationSchema.json")))!;

    private static IEnumerable<string> Sorted(IEnumerable<string> keys) => keys.Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^\| `(?<key>[A-Za-z:]+)` \| (?<default>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
