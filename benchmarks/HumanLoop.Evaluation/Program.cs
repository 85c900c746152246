using System.Diagnostics;
using System.Globalization;
using HumanLoop.Evaluation;

// Judgement, not speed: how often each policy breaks its promise, what it automates, and what it costs in reviews.
const string Usage = """
    dotnet run -c Release --project benchmarks/HumanLoop.Evaluation -- [--runs N] [--only NAME]

      --runs N      streams for each row (200)
      --only NAME   stationary, real, drift, delay, owner or floors (all)

    Prints Markdown tables. The same numbers come out on every machine.
    """;

var (runs, only) = (200, "");
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--only" && i + 1 < args.Length)
    {
        only = args[++i];
    }
    else if (args[i] != "--runs" || i + 1 == args.Length || !int.TryParse(args[++i], NumberStyles.None, CultureInfo.InvariantCulture, out runs) || runs < 20)
    {
        Console.WriteLine(Usage);
        return args[i] == "--help" ? 0 : 2;
    }
}

(string Name, Action<int> Print)[] tables =
[
    ("stationary", StationaryTables.Scenarios),
    ("real", StationaryTables.RealStreams),
    ("drift", ChangingTables.Drift),
    ("delay", ChangingTables.Delay),
    ("owner", OwnerTable.Print),
    ("floors", StationaryTables.Floors),
    ("floors", ChangingTables.DriftFloors),
];
var clock = Stopwatch.StartNew();
foreach (var (name, print) in tables.Where(table => only.Length == 0 || table.Name == only))
{
    print(runs);
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{clock.Elapsed.TotalSeconds:0} seconds."));
return 0;
