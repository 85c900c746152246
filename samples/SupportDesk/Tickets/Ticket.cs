namespace SupportDesk.Tickets;

/// <summary>A customer's message to the shop.</summary>
/// <param name="Id">The ticket's number.</param>
/// <param name="Text">What the customer wrote.</param>
/// <param name="Intent">What they really wanted: the truth, which the model never sees.</param>
internal sealed record Ticket(string Id, string Text, string Intent);
