using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>Eight hex digits that change when a prompt does: of the instructions, the tools and the wanted form, not of what is asked each time.</summary>
internal static class PromptFingerprint
{
    public const int Length = 8;

    public static string Of(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        Of(
        [
            options?.Instructions,
            .. messages.Where(message => message.Role == ChatRole.System).Select(message => message.Text),
            (options?.ResponseFormat as ChatResponseFormatJson)?.Schema?.GetRawText(),
            .. (options?.Tools ?? []).OrderBy(tool => tool.Name, StringComparer.Ordinal).Select(tool => $"{tool.Name}\n{tool.Description}\n{(tool as AIFunctionDeclaration)?.JsonSchema.GetRawText()}"),
        ]);

    public static string Of(params IReadOnlyList<string?> parts)
    {
        // Each part with its length, so that no two lists of parts read alike.
        var text = string.Concat(parts.Select(part => part is null ? "-;" : $"{part.Length}:{part};"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Length];
    }
}
