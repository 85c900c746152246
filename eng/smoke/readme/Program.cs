using HumanLoop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton<IPayments, Ledger>();
// README: wiring

using var host = builder.Build();
await host.StartAsync();
var router = host.Services.GetRequiredService<IDecisionRouter<Refund>>();
// README: call

if (receipt.Route.Kind != RouteKind.Review)
{
    throw new InvalidOperationException($"The README says that a person decides first, and the route is {receipt.Route}.");
}

var desk = host.Services.GetRequiredService<IReviewDesk>();
// README: review

for (var waited = 0; Ledger.Paid.Count == 0 && waited < 3000; waited++)
{
    await Task.Delay(10);
}

await host.StopAsync();
Console.WriteLine($"Paid once: {Ledger.Paid.Single()}");

// README: handler

internal sealed class Ledger : IPayments
{
    public static readonly System.Collections.Concurrent.ConcurrentQueue<string> Paid = new();

    public Task PayAsync(string order, decimal amount, string idempotencyKey, CancellationToken cancellationToken)
    {
        Paid.Enqueue($"{amount} for {order} as {idempotencyKey}");
        return Task.CompletedTask;
    }
}
