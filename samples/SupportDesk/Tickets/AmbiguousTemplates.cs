namespace SupportDesk.Tickets;

/// <summary>Messages too short to tell: the customer meant one of several things and did not say which.</summary>
/// <param name="Intents">What they may have meant, each as likely as the others.</param>
/// <param name="Sentences">The templates.</param>
internal sealed record AmbiguousTemplates(string[] Intents, params string[] Sentences);
