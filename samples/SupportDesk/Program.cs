using System.Diagnostics;
using HumanLoop;
using HumanLoop.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Npgsql;
using SupportDesk;
using SupportDesk.Tickets;

// These stand alone on the command line; configuration wants a value with each.
string[] switches = ["--auto-review", "--exit", "--json", "--receipts", "--thresholds"];
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
builder.Configuration.AddCommandLine([.. args.SelectMany(a => switches.Contains(a) ? [a, "true"] : new[] { a })]);
var settings = builder.Configuration;
var (file, autoReview, exit) = (settings["decisions"], settings.GetValue<bool>("auto-review"), settings.GetValue<bool>("exit"));
var workflow = file is null ? "tickets" : "recorded";
var database = settings["database"] ?? Path.Combine(Path.GetTempPath(), $"support-desk-{Environment.ProcessId}.db");
if (!autoReview)
{
    // People, not programs: time to look, and a moment to take a verdict back.
    (settings[$"HumanLoop:Workflows:{workflow}:Review:Lease"], settings[$"HumanLoop:Workflows:{workflow}:Review:UndoWindow"]) = ("00:02:00", "00:00:08");
}

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
builder.Services.AddSignIn();
var loop = builder.Services.AddHumanLoop();
(postgres is null ? loop.UseSqlite($"Data Source={database}") : loop.UsePostgreSql(postgres))
    .AddWorkflow<Reply>("tickets", tickets => tickets
        .AddAnswers("intent", TicketIntents.All)
        .AddPolicy((decision, _) => decision.Briefing!.Contains("lawyer", StringComparison.OrdinalIgnoreCase) ? DecisionRoute.Review("legal_threat") : null)
        .UseHandler<SendReply>())
    .AddWorkflow<Reply>("recorded", recorded => recorded
        .AddAnswers("intent", [.. stream.SelectMany(one => (string[])[one.Predicted, one.Truth]).Distinct().Order()])
        .UseHandler<SendReply>());
if (settings["mail:host"] is not null)
{
    loop.AddNotifier<MailNotifier>();
}

if (settings["protect"] is { } keys)
{
    // Whoever has the folder reads the data, and without it nobody does.
    builder.Services.AddDataProtection().SetApplicationName("SupportDesk").PersistKeysToFileSystem(new(keys));
    loop.UsePayloadProtector<DataProtectionPayloads>();
}

await using var app = builder.Build();
app.MapHealthChecks("/health");
app.MapSignIn();
app.MapHumanLoop("/humanloop", inbox => (inbox.GovernPolicy, inbox.AdministerPolicy) = ("Owners", "Owners")).RequireAuthorization("Reviewers");
await app.StartAsync();
var desk = app.Services.GetRequiredService<IReviewDesk>();
var router = app.Services.GetRequiredKeyedService<IDecisionRouter<Reply>>(workflow);
var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
var tally = new Tally(stream, desk, app.Services.GetRequiredService<IWorkflowControl>(), workflow);
var (json, receipts, thresholds) = (settings.GetValue<bool>("json"), settings.GetValue<bool>("receipts"), settings.GetValue<bool>("thresholds"));
if (!autoReview)
{
    Console.WriteLine($"Review at {app.Urls.First()}/humanloop");
}

var showing = json || receipts || thresholds ? Task.CompletedTask : tally.ShowAsync(stopping);
var reviewing = autoReview ? Reviewers.WorkAsync(desk, tally, stopping) : Task.CompletedTask;
var clock = Stopwatch.StartNew();

// A threshold that learns needs answers before the next tickets come; a fixed one needs nothing; people see them come in.
Func<int, Task> pace = !autoReview ? number => tally.TrickleAsync(number, stopping) : settings["threshold"] is null ? number => tally.KeepUpAsync(number, 64, stopping) : _ => Task.CompletedTask;
var judgedBy = Threshold.ReviewEverything;
await foreach (var receipt in router.RouteManyAsync(Ticketing.Decisions(stream, pace), stopping))
{
    tally.Routed(receipt);
    if (receipts)
    {
        Console.WriteLine(receipt.DecisionId);
    }

    if (thresholds && receipt.Threshold != judgedBy)
    {
        Console.WriteLine($"threshold {judgedBy = receipt.Threshold}");
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
