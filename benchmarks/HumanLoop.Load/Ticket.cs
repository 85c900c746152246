namespace HumanLoop.Load;

/// <summary>What the load's workflow proposes.</summary>
internal sealed record Ticket(string Answer, string Text);
