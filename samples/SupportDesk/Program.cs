using System.Diagnostics;
using HumanLoop;
using HumanLoop.Testing;
using SupportDesk;
using SupportDesk.Tickets;

// --auto-review, --exit and --json stand alone on the command line; configuration wants a value with each.
string[] switches = ["--auto-review", "--exit", "--json"];
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
builder.Configuration.AddCommandLine([.. args.SelectMany(a => switches.Contains(a) ? [a, "true"] : new[] { a })]);
var settings = builder.Configuration;
var file = settings["decisions"];
var workflow = file is null ? "tickets" : "recorded";
var database = settings["database"] ?? Path.Combine(Path.GetTempPath(), $"support-desk-{Environment.ProcessId}.db");
if (settings["threshold"] is { } threshold)
{
    settings[$"HumanLoop:Workflows:{workflow}:Threshold:Value"] = threshold;
}

builder.WebHost.UseUrls(settings["urls"] ?? "http://127.0.0.1:0");
builder.Services.AddSingleton(new Mailbox(database));
builder.Services.AddHealthChecks().AddHumanLoop();
builder.Services.AddHumanLoop()
    .UseSqlite($"Data Source={database}")
    .AddWorkflow<Reply>("tickets", tickets => tickets
        .AddPolicy((decision, _) => decision.Briefing!.Contains("lawyer", StringComparison.OrdinalIgnoreCase) ? DecisionRoute.Review("legal_threat") : null)
        .UseHandler<SendReply>())
    .AddWorkflow<Reply>("recorded", recorded => recorded.UseHandler<SendReply>());

List<RecordedDecision> stream;
try
{
    stream = file is null ? Ticketing.Stream(settings.GetValue("tickets", 4000), settings.GetValue("seed", 1)) : [.. DecisionStream.Read(file)];
}
catch (Exception unusable) when (unusable is IOException or FormatException)
{
    Console.Error.WriteLine(unusable.Message);
    return 2;
}

await using var app = builder.Build();
app.MapHealthChecks("/health");
await app.StartAsync();
var router = app.Services.GetRequiredKeyedService<IDecisionRouter<Reply>>(workflow);
var desk = app.Services.GetRequiredService<IReviewDesk>();
var tally = new Tally(stream, settings.GetValue<bool>("json") ? null : $"{settings[$"HumanLoop:Workflows:{workflow}:Threshold:Value"]} fixed");
var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
var reviewing = Reviewers.WorkAsync(desk, tally, settings.GetValue<bool>("auto-review"), stopping);
var clock = Stopwatch.StartNew();
await foreach (var receipt in router.RouteManyAsync(Ticketing.Decisions(stream, settings.GetValue<bool>("auto-review")), stopping))
{
    tally.Routed(receipt);
}

while (settings.GetValue<bool>("exit") && (await desk.ListAsync(new() { Workflow = workflow, States = [ReviewState.Pending, ReviewState.Claimed, ReviewState.Decided, ReviewState.ActDue, ReviewState.Acting], Limit = 1 })).Reviews.Count > 0)
{
    await Task.Delay(10);
}

clock.Stop();
if (!settings.GetValue<bool>("exit"))
{
    await app.WaitForShutdownAsync();
}

await app.StopAsync();
await reviewing;
await tally.ReportAsync(desk, app.Services.GetRequiredService<Mailbox>(), workflow, clock.Elapsed);
return 0;
