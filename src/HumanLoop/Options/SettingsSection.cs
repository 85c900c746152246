namespace HumanLoop;

/// <summary>A section below <c>HumanLoop</c> that another package reads and checks. Register it as a singleton, or the section is refused as unknown.</summary>
/// <param name="Name">The section's name, such as <c>Webhooks</c>; upper and lower case are the same.</param>
public sealed record SettingsSection(string Name);
