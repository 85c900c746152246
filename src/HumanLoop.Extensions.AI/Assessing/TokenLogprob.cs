using System.Text;

namespace HumanLoop.Extensions.AI;

/// <summary>One token of an answer and how likely the model held it.</summary>
/// <remarks>Immutable.</remarks>
public sealed record TokenLogprob
{
    /// <summary>Describes a token.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="logprob">The natural logarithm of its probability: 0 for certain, else negative.</param>
    public TokenLogprob(string text, double logprob)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
        Logprob = logprob;
        Utf8 = Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Its text.</summary>
    public string Text { get; }

    /// <summary>The natural logarithm of its probability.</summary>
    public double Logprob { get; }

    /// <summary>Its bytes, which a provider gives because a token may be part of a character.</summary>
    /// <value>The default is the text in UTF-8.</value>
    public ReadOnlyMemory<byte> Utf8 { get; init; }

    /// <summary>The likeliest tokens at its place.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<TokenLogprob> Alternatives { get; init; } = [];
}
