using System.Text.Json.Nodes;

namespace HumanLoop.Webhooks.Tests;

/// <summary>The options, the known keys, the schema of the settings and the reference table of the documentation say the same.</summary>
public sealed class WebhookSchemaTests
{
    private static readonly Dictionary<string, JsonObject> Keys = SettingsReference.Leaves(SettingsReference.Schema("HumanLoop.Webhooks")["properties"]!["Webhooks"]!["additionalProperties"]!.AsObject());
    private static readonly Dictionary<string, object?> Defaults = SettingsReference.Properties(new WebhookOptions());

    [Fact]
    public void Options_known_keys_and_schema_have_the_same_keys()
    {
        Assert.Equal(SettingsReference.Sorted(Defaults.Keys), SettingsReference.Sorted(WebhookKeys.All.Keys));
        Assert.Equal(SettingsReference.Sorted(Defaults.Keys), SettingsReference.Sorted(Keys.Keys));
    }

    [Fact]
    public void The_schema_has_every_default_and_no_other() => SettingsReference.AssertDefaults(Keys, Defaults);

    [Fact]
    public void Every_key_of_the_schema_is_described_and_typed_as_the_option_is()
    {
        foreach (var (key, kind) in WebhookKeys.All)
        {
            SettingsReference.AssertTyped(key, Keys[key], kind.IsList, kind.Reads);
        }
    }

    [Fact]
    public void The_reference_table_of_the_documentation_has_every_key_with_its_default() => SettingsReference.AssertTable("Webhook", Defaults);
}
