namespace HumanLoop.Queues;

/// <summary>A small proposal, as a classifier's or an extraction's would be.</summary>
public sealed record Refund(decimal Amount, string Customer)
{
    /// <summary>A decision that goes to a person.</summary>
    public static Decision<Refund> Unsure(int amount) => new(new Refund(amount, "customer-17")) { Confidence = 0.5 };
}
