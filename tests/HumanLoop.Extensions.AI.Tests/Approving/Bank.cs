using System.Collections.Concurrent;
using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI.Tests.Approving;

/// <summary>Two tools: one that pays, one that only looks; and what they did.</summary>
internal sealed class Bank
{
    private readonly ConcurrentQueue<string> _done = new();

    public Bank()
    {
        Refund = AIFunctionFactory.Create(PayBack, "Refund");
        Lookup = AIFunctionFactory.Create(LookUp, "Lookup");
    }

    public AIFunction Refund { get; }

    public AIFunction Lookup { get; }

    public Exception? Failure { get; set; }

    public IReadOnlyList<string> Done => [.. _done];

    public ChatOptions Tools => new() { Tools = [Refund, Lookup] };

    public static FunctionCallContent CallRefund(string callId, int amount, string order = "A-1") =>
        new(callId, "Refund", new Dictionary<string, object?> { ["order"] = order, ["amount"] = amount });

    public static FunctionCallContent CallLookup(string callId) => new(callId, "Lookup", new Dictionary<string, object?> { ["order"] = "A-1" });

    [Description("Pays a customer back.")]
    private string PayBack(string order, int amount)
    {
        if (Failure is { } failure)
        {
            throw failure;
        }

        _done.Enqueue($"Refund {order} {amount}");
        return $"{amount} paid back";
    }

    [Description("Looks an order up.")]
    private string LookUp(string order)
    {
        _done.Enqueue($"Lookup {order}");
        return "shipped";
    }
}
