using HumanLoop.PostgreSql.Tests;
using HumanLoop.Queues;
using Microsoft.Extensions.Configuration;
using Npgsql;

// The durable stores beside raw floors and other queues, in one run: every case right after a reference, all cases again in every pass.
//   dotnet run -c Release --project benchmarks/HumanLoop.Queues -- [--passes 3] [--only TEXT] [--patience 20] [--postgres "Host=…"]
// The server must be durable. Without one, a cluster of its own runs in a temporary folder. A missed target makes the exit code 1.
// Where other work slows the references before and after a case, it is done again, for as many seconds as the patience lasts; then the row is marked busy.
var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
var (passes, patience) = (settings.GetValue("passes", 3), TimeSpan.FromSeconds(settings.GetValue("patience", 20)));
if (settings["postgres"] is null && PostgresCluster.WhyNot is { } reason)
{
    Console.Error.WriteLine($"{reason} Or name a server by --postgres.");
    return 2;
}

using var cluster = settings["postgres"] is null ? PostgresCluster.Start() : null;
var connection = settings["postgres"] ?? cluster!.ConnectionString();
await using var source = NpgsqlDataSource.Create(connection);
var sizes = await RowSizes.ReadAsync(source, connection);
await using var thin = await TemporarySchema.CreateAsync(source, PostgreSqlFloor.Tables);
var reference = new Reference(new PostgreSqlFloor(source, thin.Name, sizes).ThinAsync);
using var sqlite = new SqliteCases();
using var graphile = new GraphilePeer(source, connection, reference);
var stores = new PostgreSqlCases(source, connection, sizes, reference);
List<Case> cases = [.. stores.All, .. new DispatchCases(source, stores, reference).All, .. sqlite.All, .. new HangfirePeer(source, connection, reference).All, .. graphile.All];
if (settings["only"] is { } text)
{
    cases.RemoveAll(one => !one.Name.Contains(text, StringComparison.OrdinalIgnoreCase));
}

try
{
    if (cases.Exists(graphile.All.Contains))
    {
        graphile.Install();
    }
}
catch (InvalidOperationException failure)
{
    Console.Error.WriteLine($"graphile-worker is left out: {failure.Message}");
    cases.RemoveAll(graphile.All.Contains);
}

var results = new Results();
for (var pass = 0; pass <= passes; pass++)
{
    foreach (var one in cases)
    {
        var began = TimeProvider.System.GetTimestamp();
        double before, after;
        Sample sample;
        bool isQuiet;
        do
        {
            before = await one.Reference.WaitAsync(patience - TimeProvider.System.GetElapsedTime(began));
            sample = await one.RunAsync();
            after = await one.Reference.RateAsync();
            isQuiet = one.Reference.IsQuiet(before) && one.Reference.IsQuiet(after);
        }
        while (pass > 0 && !isQuiet && TimeProvider.System.GetElapsedTime(began) < patience);

        // The first is for the compiler.
        if (pass > 0)
        {
            results.Add(one.Name, sample, before);
            if (!isQuiet)
            {
                results.WasBusy(one.Name);
            }
        }

        Console.Error.WriteLine(FormattableString.Invariant($"pass {pass}: {one.Name}: {sample.Rate:0} a second, {sample.Rate / before:0.00} × ref ({before:0}, after it {after:0})"));
    }
}

Console.WriteLine(Table.Of(cases, results));
return cases.SelectMany(one => one.Targets).All(target => target.Measure(results) is not { } measured || target.IsMet(measured)) ? 0 : 1;
