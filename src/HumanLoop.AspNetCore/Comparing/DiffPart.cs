namespace HumanLoop.AspNetCore.Comparing;

/// <summary>A run of words that stayed, went or came.</summary>
/// <param name="Kind">' ' stayed, '-' went, '+' came.</param>
/// <param name="Text">The words.</param>
internal readonly record struct DiffPart(char Kind, string Text);
