using System.Diagnostics;
using HumanLoop.Load;

// Fills a store, serves the inbox on loopback, and measures it as browsers and programs meet it:
//   dotnet run -c Release --project benchmarks/HumanLoop.Load -- [--open 100000] [--skilled 10000] [--reviewers 50] [--each 100] [--postgres "Host=…"]
var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
var open = settings.GetValue("open", 100_000);
var (skilled, reviewers, each) = (settings.GetValue("skilled", open / 10), settings.GetValue("reviewers", 50), settings.GetValue("each", 100));
var folder = Directory.CreateTempSubdirectory("humanloop-load-");
var isPostgreSql = settings["postgres"] is not null;
Console.WriteLine($"{(isPostgreSql ? "PostgreSQL" : "SQLite")}, {open} open reviews, the first {skilled} of them for people with a skill");
await using (var inbox = await StartAsync("full"))
{
    var filling = Stopwatch.StartNew();
    await RouteAsync(0, skilled);
    await Task.WhenAll(Enumerable.Range(0, 4).Select(part => RouteAsync(skilled + (int)((open - skilled) * (long)part / 4), skilled + (int)((open - skilled) * (part + 1L) / 4))));
    Console.WriteLine($"routed in {filling.Elapsed.TotalSeconds:0.0} s, {open / filling.Elapsed.TotalSeconds:0} a second; {Footprint.Now()}");

    async Task RouteAsync(int from, int to)
    {
        await foreach (var _ in inbox.Router.RouteManyAsync(Tickets.ManyAsync(from, to, skilled, open)))
        {
        }
    }
}

var before = Footprint.Now();
await using (var inbox = await StartAsync("full"))
await using (var almostEmpty = await StartAsync("almost_empty"))
{
    Console.WriteLine($"started again in {inbox.StartedIn.TotalMilliseconds:0} ms, an almost empty one in {almostEmpty.StartedIn.TotalMilliseconds:0} ms; {before} before, {Footprint.Now()} after");
    using var ann = await inbox.SignedInAsync("ann");
    var next = await Desk.WorkAsync(ann, 1000);
    await Pages.ReadAsync(inbox, ann, 0);
    var warm = Footprint.Now();

    var claims = await Crowd.OneAsync(
        (almostEmpty, "claim, almost nothing open", null),
        (inbox, "claim, all of them open", null),
        (almostEmpty, "claim with the skill, almost nothing open", Tickets.Skill),
        (inbox, "claim with the skill, all of them open", Tickets.Skill));
    foreach (var measured in (Latencies[])[next, .. await Pages.ReadAsync(inbox, ann, open / 2), .. claims])
    {
        Console.WriteLine(measured);
    }

    Console.WriteLine($"claim: {claims[1].Median / claims[0].Median:0.00} times the almost empty queue's, with the skill {claims[3].Median / claims[2].Median:0.00} times");
    var wrong = await Crowd.ManyAsync(inbox, reviewers, each);
    Console.WriteLine($"{warm} warm, {Footprint.Now()} at the end");
    folder.Delete(recursive: true);
    return wrong == 0 ? 0 : 1;
}

Task<Inbox> StartAsync(string store) => Inbox.StartAsync(loop => _ = settings["postgres"] is { } postgres
    ? loop.UsePostgreSql(postgres, options => options.Schema = $"load_{store}")
    : loop.UseSqlite($"Data Source={folder.FullName}/{store}.db"));
