namespace SupportDesk.Tickets;

/// <summary>Ways to say one thing. "[a|b]" is a choice, "{name}" a slot of <see cref="Slots"/>.</summary>
/// <param name="Intent">What the sentences ask for.</param>
/// <param name="Sentences">The templates.</param>
internal sealed record IntentTemplates(string Intent, params string[] Sentences);
