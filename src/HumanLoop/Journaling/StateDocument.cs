namespace HumanLoop.Journaling;

/// <summary>A named document and its version.</summary>
/// <param name="Value">The text.</param>
/// <param name="Version">One more with each write, from 1.</param>
public sealed record StateDocument(string Value, long Version);
