using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace ToolApproval;

/// <summary>What the model may do: look orders up, and pay money back.</summary>
internal sealed class Shop
{
    private readonly List<string> _paid = [];

    public Shop()
    {
        Lookup = AIFunctionFactory.Create(LookUp, "Lookup");
        Refund = AIFunctionFactory.Create(PayBack, "Refund");
    }

    public AIFunction Lookup { get; }

    public AIFunction Refund { get; }

    public IReadOnlyList<string> Paid => _paid;

    [Description("Says where an order is.")]
    private static string LookUp([Description("The order's number.")] string order) => $"{order} was shipped on Monday";

    [Description("Pays a customer back.")]
    private string PayBack([Description("The order's number.")] string order, [Description("Whole euros.")] int amount)
    {
        _paid.Add($"{amount} for {order}");
        return $"{amount} paid back for {order}";
    }
}
