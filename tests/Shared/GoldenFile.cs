using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HumanLoop.Tests.Shared;

/// <summary>Files of the test project's folder Golden: what a published version wrote. They are never made again.</summary>
internal static class GoldenFile
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name);

    public static string Read(string name) => File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n");

    /// <summary>A file of JSON is what its value is written as, now and after it was read.</summary>
    public static void Check<T>(string name, T value, JsonTypeInfo<T> info)
    {
        var text = File.ReadAllText(PathOf(name)).TrimEnd();
        Assert.Equal(text, JsonSerializer.Serialize(value, info));
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize(text, info)!, info));
    }
}
