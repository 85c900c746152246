using System.Diagnostics;
using HumanLoop;
using HumanLoop.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;
using SupportDesk;
using SupportDesk.Tickets;

// These stand alone on the command line; configuration wants a value with each.
string[] switches = ["--auto-review", "--exit", "--json", "--receipts"];
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
builder.Configuration.AddCommandLine([.. args.SelectMany(a => switches.Contains(a) ? [a, "true"] : new[] { a })]);
var settings = builder.Configuration;
var (file, autoReview, exit) = (settings["decisions"], settings.GetValue<bool>("auto-review"), settings.GetValue<bool>("exit"));
var workflow = file is null ? "tickets" : "recorded";
var database = settings["database"] ?? Path.Combine(Path.GetTempPath(), $"support-desk-{Environment.ProcessId}.db");
if (settings["threshold"] is { } threshold)
{
    (settings[$"HumanLoop:Workflows:{workflow}:Threshold:Policy"], settings[$"HumanLoop:Workflows:{workflow}:Threshold:Value"]) = ("Fixed", threshold);
}

IReadOnlyList<RecordedDecision> stream;
try
{
    stream = file is null ? Ticketing.Stream(settings.GetValue("tickets", 4000), settings.GetValue("seed", 1)) : DecisionStream.ReadFile(file);
}
catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or DecisionStreamException)
{
    Console.Error.WriteLine(unusable.Message);
    return 2;
}

builder.WebHost.UseUrls(settings["urls"] ?? "http://127.0.0.1:0");
var postgres = settings["postgres"];
builder.Services.AddSingleton(_ => new Mailbox(postgres is null ? SqliteFactory.Instance : NpgsqlFactory.Instance, postgres ?? $"Data Source={database}.sent"));
builder.Services.AddHealthChecks().AddHumanLoop();
var loop = builder.Services.AddHumanLoop();
(postgres is null ? loop.UseSqlite($"Data Source={database}") : loop.UsePostgreSql(postgres))
    .AddWorkflow<Reply>("tickets", tickets => tickets
        .AddPolicy((decision, _) => decision.Briefing!.Contains("lawyer", StringComparison.OrdinalIgnoreCase) ? DecisionRoute.Review("legal_threat") : null)
        .UseHandler<SendReply>())
    .AddWorkflow<Reply>("recorded", recorded => recorded.UseHandler<SendReply>());

await using var app = builder.Build();
app.MapHealthChecks("/health");
await app.StartAsync();
var desk = app.Services.GetRequiredService<IReviewDesk>();
var router = app.Services.GetRequiredKeyedService<IDecisionRouter<Reply>>(workflow);
var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
var tally = new Tally(stream, desk, app.Services.GetRequiredService<IWorkflowControl>(), workflow);
var (json, receipts) = (settings.GetValue<bool>("json"), settings.GetValue<bool>("receipts"));
var showing = json || receipts ? Task.CompletedTask : tally.ShowAsync(stopping);
var reviewing = Reviewers.WorkAsync(desk, tally, autoReview, stopping);
var clock = Stopwatch.StartNew();

// A threshold that learns needs answers before the next tickets come; a fixed one needs nothing.
Func<int, Task> pace = !autoReview ? _ => Task.Delay(50, stopping) : settings["threshold"] is null ? tally.KeepUpAsync : _ => Task.CompletedTask;
await foreach (var receipt in router.RouteManyAsync(Ticketing.Decisions(stream, pace), stopping))
{
    tally.Routed(receipt);
    if (receipts)
    {
        Console.WriteLine(receipt.DecisionId);
    }
}

while (exit && await tally.OpenAsync(everything: true) > 0)
{
    await Task.Delay(10);
}

clock.Stop();
await (exit ? app.StopAsync() : app.WaitForShutdownAsync());
await Task.WhenAll(reviewing, showing);
await tally.ReportAsync(app.Services.GetRequiredService<Mailbox>(), clock.Elapsed, json);
return 0;
