namespace Architecture.Tests;

/// <summary>A folder of a project and what it is for.</summary>
internal sealed record Layer(string Folder, string Purpose);
