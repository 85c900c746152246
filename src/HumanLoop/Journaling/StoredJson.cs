using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HumanLoop.Journaling;

/// <summary>How records are stored as JSON, alike for entries and for items.</summary>
internal static class StoredJson
{
    /// <summary>The contract of a stored type.</summary>
    public static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerContext context)
    {
        var options = new JsonSerializerOptions(context.Options) { TypeInfoResolver = ((IJsonTypeInfoResolver)context).WithAddedModifier(AlwaysWriteRequired) };
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }

    /// <summary>Defaults are left out to keep rows small, but what is required, or has a default of its own that is not the type's, must be there to be read
    /// back.</summary>
    private static void AlwaysWriteRequired(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.IsRequired || type.Type == typeof(ThresholdGoal))
            {
                property.ShouldSerialize = static (_, _) => true;
            }
            else if (property.PropertyType == typeof(IReadOnlyList<VerdictFacts>))
            {
                // One reviewer is the rule, and then there are no votes.
                property.ShouldSerialize = static (_, votes) => votes is IReadOnlyList<VerdictFacts> { Count: > 0 };
            }
        }
    }
}
