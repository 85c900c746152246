namespace SupportDesk.Tickets;

/// <summary>What the model makes of a ticket.</summary>
/// <param name="Intent">The likeliest intent.</param>
/// <param name="Confidence">Its score, straight from the softmax: neither calibrated nor rounded.</param>
internal sealed record TicketPrediction(string Intent, double Confidence);
