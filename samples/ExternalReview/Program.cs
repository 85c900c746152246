using ExternalReview;
using HumanLoop;
using HumanLoop.Webhooks;

(Decision<Refund> Decision, string What)[] decisions =
[
    (Ask("A-1001", 12.50m, 0.97, "Parcel arrived broken, photo attached."), "sure"),
    (Ask("A-1002", 40.00m, 0.62, "Customer says that one of two shirts is missing."), "unsure"),
    (Ask("A-1003", 180.00m, 0.55, "Wants the express fee and the coat back, the coat was worn."), "unsure"),
    (Ask("A-1004", 950.00m, 0.41, "Asks for a refund of last year's order."), "unsure"),
];

var exit = args.Contains("--exit");
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
var database = Path.Combine(Path.GetTempPath(), $"external-review-{Environment.ProcessId}.db");
var secrets = new ToolSecrets(WebhookSignature.NewSecret(), WebhookSignature.NewSecret());
var story = new Story(decisions.Length, tickets: decisions.Count(one => one.What == "unsure"));

// Both sides run here, so the address is known only now; elsewhere it stands in the settings, and the secrets in the environment.
var port = FreePort.Find();
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.Services.AddSingleton(story).AddSingleton(secrets).AddSingleton<TicketTool>().AddHttpClient();
builder.Services.AddHostedService(provider => provider.GetRequiredService<TicketTool>());
builder.Services.AddHumanLoop()
    .UseSqlite($"Data Source={database}")
    .AddWebhook("ticket-tool", webhook =>
    {
        webhook.Url = $"http://127.0.0.1:{port}/ticket-tool/hooks";
        webhook.Secrets.Add(secrets.OfHumanLoop);
    })
    .AddWorkflow<Refund>("refund", refund => refund.UseHandler<PayRefund>());

await using var app = builder.Build();
var tool = app.Services.GetRequiredService<TicketTool>();
tool.Map(app);
app.MapPost("/humanloop/verdicts", VerdictEndpoint.ReceiveAsync);
tool.Verdicts = new($"http://127.0.0.1:{port}/humanloop/verdicts");
await app.StartAsync();

// A stranger who does not know the secret gets nowhere.
using (var http = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient())
using (var refused = await SignedRequest.SendAsync(http, tool.Verdicts, WebhookSignature.NewSecret(), TimeProvider.System, "forged", new { review = "refund/A-1004", agent = "eve", verdict = "approved" }, default))
{
    story.Tell("stranger", $"tries a verdict of their own: {(int)refused.StatusCode}");
}

var router = app.Services.GetRequiredService<IDecisionRouter<Refund>>();
foreach (var (decision, what) in decisions)
{
    var receipt = await router.RouteAsync(decision);
    story.Tell("router", $"{decision.Id.Value}, {what} ({receipt.Confidence}): {receipt.Route.Reason}");
}

var patience = Task.Delay(TimeSpan.FromMinutes(1));
var ended = await Task.WhenAny(story.End, patience) != patience;
story.Tell("end", ended ? "every refund is settled, and the tool knows how its tickets ended" : "not everything was settled within a minute");
await (exit ? app.StopAsync() : app.WaitForShutdownAsync());
return ended ? 0 : 1;

static Decision<Refund> Ask(string order, decimal amount, double confidence, string briefing) =>
    new(new Refund(order, amount)) { Id = order, Confidence = confidence, Briefing = briefing };
