using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HumanLoop.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HumanLoop.Tests.Registration;

/// <summary>The options, the known keys, the schema of the settings and the reference table of the documentation say the same.</summary>
public sealed class ConfigurationSchemaTests
{
    private static readonly JsonObject Section = SettingsReference.Schema("HumanLoop");
    private static readonly Dictionary<string, JsonObject> ApplicationKeys = SettingsReference.Leaves(Application());
    private static readonly Dictionary<string, JsonObject> WorkflowKeys = SettingsReference.Leaves(Section["properties"]!["Workflows"]!["additionalProperties"]!.AsObject());
    private static readonly Dictionary<string, object?> WorkflowDefaults = SettingsReference.Properties(new WorkflowOptions { Metric = { Guard = new() } });
    private static readonly Dictionary<string, object?> ApplicationDefaults = SettingsReference.Properties(new HumanLoopOptions());

    [Fact]
    public void Options_known_keys_and_schema_have_the_same_keys()
    {
        Assert.Equal(SettingsReference.Sorted(WorkflowDefaults.Keys), SettingsReference.Sorted(KnownKeys.Workflow.Keys));
        Assert.Equal(SettingsReference.Sorted(WorkflowDefaults.Keys), SettingsReference.Sorted(WorkflowKeys.Keys));
        Assert.Equal(SettingsReference.Sorted(ApplicationDefaults.Keys), SettingsReference.Sorted(KnownKeys.Application.Keys));
        Assert.Equal(SettingsReference.Sorted(ApplicationDefaults.Keys), SettingsReference.Sorted(ApplicationKeys.Keys));
    }

    [Fact]
    public void The_schema_has_every_default_and_no_other()
    {
        SettingsReference.AssertDefaults(WorkflowKeys, WorkflowDefaults);
        SettingsReference.AssertDefaults(ApplicationKeys, ApplicationDefaults);
    }

    [Fact]
    public void Every_key_of_the_schema_is_described_and_typed_as_the_option_is()
    {
        foreach (var (key, kind) in KnownKeys.Workflow.Concat(KnownKeys.Application))
        {
            SettingsReference.AssertTyped(key, WorkflowKeys.GetValueOrDefault(key) ?? ApplicationKeys[key], kind.IsList, kind.Reads);
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
        SettingsReference.AssertTable("Workflow", WorkflowDefaults);
        SettingsReference.AssertTable("Application", ApplicationDefaults);
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

    private static JsonObject Application()
    {
        var copy = Section.DeepClone().AsObject();
        copy["properties"]!.AsObject().Remove("Workflows");
        copy["additionalProperties"] = false; // what else stands in this section belongs to other packages
        return copy;
    }
}
