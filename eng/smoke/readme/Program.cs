using HumanLoop;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, EnvironmentName = "Development" });
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSingleton<IPayments, Ledger>();
// README: wiring

await using var app = builder.Build();
// README: inbox

await app.StartAsync();
var router = app.Services.GetRequiredService<IDecisionRouter<Refund>>();
// README: call

if (receipt.Route.Kind != RouteKind.Review)
{
    throw new InvalidOperationException($"The README says that a person decides first, and the route is {receipt.Route}.");
}

using (var client = new HttpClient { BaseAddress = new(app.Urls.First()) })
{
    var inbox = await client.GetStringAsync("/humanloop/");
    var waiting = await client.GetStringAsync("/humanloop/api/v1/reviews");
    if (!inbox.Contains("<title>Review · HumanLoop</title>") || !waiting.Contains("\"decisionId\":\"ticket-881\""))
    {
        throw new InvalidOperationException($"The README says that the inbox shows what waits: {waiting}");
    }
}

var desk = app.Services.GetRequiredService<IReviewDesk>();
// README: review

for (var waited = 0; Ledger.Paid.Count == 0 && waited < 3000; waited++)
{
    await Task.Delay(10);
}

await app.StopAsync();
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
