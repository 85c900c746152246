using System.Text.Json;

namespace HumanLoop;

/// <summary>What an inbox has to know of a workflow: whose it is, what its proposals look like, and what its reviewers are told.</summary>
/// <remarks>A copy of the settings in force; ask again for newer ones. Immutable.</remarks>
public sealed record WorkflowInfo
{
    /// <summary>The workflow's name.</summary>
    public required string Name { get; init; }

    /// <summary>The one person who owns it.</summary>
    public required string Owner { get; init; }

    /// <summary>The JSON schema of its proposals, from which a form can be made.</summary>
    public required JsonElement Schema { get; init; }

    /// <summary>What reviewers are told to go by; <see langword="null"/> for nothing.</summary>
    public string? Guidelines { get; init; }

    /// <summary>The reason codes to choose from; empty for none.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>The roles of which a reviewer needs one; empty for everybody who may review.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Whether everything goes to a person for now.</summary>
    public bool IsPaused { get; init; }
}
