using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Claims;
using System.Text.Json;
using System.Text.RegularExpressions;
using HumanLoop;
using HumanLoop.Load;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

// Fills a store, serves the inbox on loopback, and measures it as browsers and programs meet it:
//   dotnet run -c Release --project benchmarks/HumanLoop.Load -- [--open 100000] [--reviewers 50] [--each 100] [--postgres "Host=…"]
var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
var (open, reviewers, each) = (settings.GetValue("open", 100_000), settings.GetValue("reviewers", 50), settings.GetValue("each", 100));
var folder = Directory.CreateTempSubdirectory("humanloop-load-");
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
{
    ["HumanLoop:Workflows:tickets:Owner"] = "ops",
    ["HumanLoop:Workflows:tickets:Metric:Name"] = "tickets without a human",
    ["HumanLoop:Workflows:tickets:Metric:AtLeast"] = "0.5",
    ["HumanLoop:Workflows:tickets:Threshold:MaxErrorRate"] = "0.05",
    ["HumanLoop:Workflows:tickets:Review:Deadline"] = "30.00:00:00",
});
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
builder.Services.AddAuthorization();
var loop = builder.Services.AddHumanLoop();
(settings["postgres"] is { } postgres ? loop.UsePostgreSql(postgres) : loop.UseSqlite($"Data Source={folder.FullName}/load.db"))
    .AddWorkflow<Ticket>("tickets", tickets => tickets.UseHandler((_, _) => Task.CompletedTask));
await using var app = builder.Build();
app.MapGet("/sign-in/{person}", (HttpContext http, string person) => http.SignInAsync(new(new ClaimsIdentity([new(ClaimTypes.Name, person)], CookieAuthenticationDefaults.AuthenticationScheme))));
app.MapHumanLoop("/humanloop").RequireAuthorization();
await app.StartAsync();

var filling = Stopwatch.StartNew();
await foreach (var _ in app.Services.GetRequiredService<IDecisionRouter<Ticket>>().RouteManyAsync(Tickets()))
{
}

Console.WriteLine($"{open} open reviews on {(settings["postgres"] is null ? "SQLite" : "PostgreSQL")}, routed in {filling.Elapsed.TotalSeconds:0.0} s; working set {Environment.WorkingSet >> 20} MB");

// One reviewer in a browser: the next item, with the verdict on the one before.
var (first, next, page, list) = (new Latencies("page of the desk"), new Latencies("verdict and next item"), new Latencies("owner's page"), new Latencies("queue page"));
using (var ann = await SignedInAsync("ann"))
{
    var html = await TextAsync(ann, "desk/next", []);
    for (var i = -100; i < 1000; i++)
    {
        var card = Regex.Match(html, "data-id=\"([^\"]+)\" data-revision=\"(\\d+)\"");
        (string, string)[] fields = [("id", card.Groups[1].Value), ("revision", card.Groups[2].Value), ("verdict", "approved")];

        // The first hundred are for the compiler.
        html = i < 0 ? await TextAsync(ann, "desk/decide", fields) : await next.TimeAsync(() => TextAsync(ann, "desk/decide", fields));
    }

    for (var i = 0; i < 100; i++)
    {
        await first.TimeAsync(() => ann.GetStringAsync("/humanloop/"));
        await list.TimeAsync(() => ann.GetStringAsync("/humanloop/queue"));
        await page.TimeAsync(() => ann.GetStringAsync("/humanloop/workflows/tickets"));
    }
}

// Many reviewers on the API at once.
var (claims, verdicts, seen, errors) = (new Latencies("claim by the API"), new Latencies("verdict by the API"), new ConcurrentDictionary<string, string>(), 0);
var twice = 0;
var working = Stopwatch.StartNew();
await Task.WhenAll(Enumerable.Range(1, reviewers).Select(async n =>
{
    using var client = await SignedInAsync($"reviewer-{n}");
    for (var i = 0; i < each; i++)
    {
        using var claimed = await claims.TimeAsync(() => client.PostAsJsonAsync("/humanloop/api/v1/reviews/claim", new { limit = 1 }));
        var review = JsonElement.Parse(await claimed.Content.ReadAsStringAsync())[0];
        var id = review.GetProperty("id").GetString()!;
        if (!seen.TryAdd(id, $"reviewer-{n}"))
        {
            Interlocked.Increment(ref twice);
        }

        using var decided = await verdicts.TimeAsync(() => client.PostAsJsonAsync($"/humanloop/api/v1/reviews/{id}/verdict", new { revision = review.GetProperty("revision").GetInt64(), verdict = "approved" }));
        if (decided.StatusCode != HttpStatusCode.OK)
        {
            Interlocked.Increment(ref errors);
        }
    }
}));
working.Stop();
foreach (var measured in (Latencies[])[first, next, list, page, claims, verdicts])
{
    Console.WriteLine(measured);
}

Console.WriteLine($"{reviewers} reviewers, {seen.Count} reviews in {working.Elapsed.TotalSeconds:0.0} s: {twice} given twice, {errors} errors; working set {Environment.WorkingSet >> 20} MB");
await app.StopAsync();
folder.Delete(recursive: true);
return twice + errors == 0 ? 0 : 1;

async IAsyncEnumerable<Decision<Ticket>> Tickets()
{
    await Task.CompletedTask;
    for (var i = 0; i < open; i++)
    {
        yield return new(new Ticket("refund", $"Lamp {i} came broken, and I want my money back.")) { Id = $"ticket-{i}", Confidence = 0.3 + (i % 60 * 0.01), Segment = i % 3 == 0 ? "lamps" : "chairs", Briefing = $"Customer {i} writes again." };
    }
}

async Task<HttpClient> SignedInAsync(string person)
{
    var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new() }) { BaseAddress = new(app.Urls.First()) };
    using var answer = await client.GetAsync($"/sign-in/{person}");
    answer.EnsureSuccessStatusCode();
    return client;
}

static async Task<string> TextAsync(HttpClient client, string step, (string Name, string Value)[] fields)
{
    using var request = new HttpRequestMessage(HttpMethod.Post, $"/humanloop/{step}") { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), Headers = { { "Sec-Fetch-Site", "same-origin" } } };
    using var answer = await client.SendAsync(request);
    return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
}
