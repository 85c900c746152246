using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>What a score belongs to: the model, the prompt and the method.</summary>
internal static class ModelName
{
    private const int MaxLength = 200;
    private const string Unnamed = "unnamed";

    /// <summary>The model that answered, as exactly as the provider tells.</summary>
    public static string Of(IChatClient client, ChatOptions? options, ChatResponse? response) =>
        Text(response?.ModelId) ?? Text(options?.ModelId) ?? Text(client.GetService<ChatClientMetadata>()?.DefaultModelId) ?? Unnamed;

    public static string Of(string model, string fingerprint, string method)
    {
        var name = $"{model}/{fingerprint}/{method}";

        // Too long for a decision: the fingerprint of what is cut off keeps two of them apart.
        return name.Length <= MaxLength ? name : $"{name[..(MaxLength - PromptFingerprint.Length - 1)]}~{PromptFingerprint.Of(name)}";
    }

    private static string? Text(string? name) => string.IsNullOrWhiteSpace(name) ? null : name;
}
