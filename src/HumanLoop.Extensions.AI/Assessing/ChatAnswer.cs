using System.Text.Json;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>One answer of a chat model, with all that a method needs to judge it.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ChatAnswer
{
    /// <summary>Who was asked.</summary>
    public required IChatClient Client { get; init; }

    /// <summary>The question.</summary>
    public required IReadOnlyList<ChatMessage> Question { get; init; }

    /// <summary>How it was asked.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public ChatOptions? Options { get; init; }

    /// <summary>The answer as JSON of the proposal's type.</summary>
    public required JsonElement Answer { get; init; }

    /// <summary>The response that held the answer.</summary>
    /// <value>The default, <see langword="null"/>, means that the proposal came from elsewhere.</value>
    public ChatResponse? Response { get; init; }

    /// <summary>What the model said of itself beside the answer.</summary>
    /// <value>The default, <see langword="null"/>, means that it was not asked or did not say.</value>
    public Confidence? Stated { get; init; }

    /// <summary>Finds the answer in a response to the same question; <see langword="null"/> where there is none.</summary>
    internal Func<ChatResponse, JsonElement?> Read { get; init; } = static _ => null;

    /// <summary>The member of the response's JSON that holds the answer; <see langword="null"/> when it is the whole.</summary>
    internal string? Envelope { get; init; }

    /// <summary>Asks the same question again.</summary>
    /// <param name="method">The method on whose account the call is counted.</param>
    /// <param name="temperature">The sampling temperature; <see langword="null"/> for that of the question.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Another answer; <see langword="null"/> when the response holds none.</returns>
    public async Task<JsonElement?> AskAgainAsync(string method, float? temperature, CancellationToken cancellationToken = default)
    {
        var options = Options?.Clone() ?? new();
        options.Temperature = temperature ?? options.Temperature;
        return Read(await ConfidenceCosts.AskAsync(Client, Question, options, method, cancellationToken).ConfigureAwait(false));
    }
}
