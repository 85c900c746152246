using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>Knows how one provider is asked for log-probabilities and where it returns them, so that nothing else has to.</summary>
/// <remarks>A singleton, called concurrently. The sample <c>Invoices</c> has OpenAI's in twenty lines.</remarks>
public interface ILogprobReader
{
    /// <summary>Makes the provider return the log-probabilities of the answer's tokens.</summary>
    /// <param name="options">The options of one question; a copy that nobody else uses.</param>
    /// <param name="alternatives">How many of the likeliest tokens are wanted at each place, beside the one that was chosen; 0 for none.</param>
    void Request(ChatOptions options, int alternatives);

    /// <summary>Finds the tokens in a response.</summary>
    /// <param name="response">The response; the provider's own object is its <see cref="ChatResponse.RawRepresentation"/>.</param>
    /// <returns>The tokens of the answer's text in their order; empty when the provider gave none.</returns>
    IReadOnlyList<TokenLogprob> Read(ChatResponse response);
}
