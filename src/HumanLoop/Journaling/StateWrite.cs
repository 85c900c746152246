namespace HumanLoop.Journaling;

/// <summary>One document to write.</summary>
/// <param name="Workflow">The workflow's name; empty for what belongs to the store as a whole.</param>
/// <param name="Name">The document's name.</param>
/// <param name="Value">The new text.</param>
/// <param name="ExpectedVersion">The version that was read; 0 to create it.</param>
public sealed record StateWrite(string Workflow, string Name, string Value, long ExpectedVersion);
