namespace HumanLoop.Reporting;

/// <summary>The stored shape of a charter, for readers of the store without the application's settings.</summary>
internal sealed record CharterDocument
{
    /// <summary>The document's name in the store.</summary>
    public const string Name = "charter";

    /// <summary>The version of its shape.</summary>
    public int Version { get; init; } = 1;

    public required Charter Charter { get; init; }
}
