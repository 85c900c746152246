using System.CommandLine;
using HumanLoop.Cli.Answering;
using HumanLoop.Cli.Backtest;
using HumanLoop.Cli.Store;
var root = new RootCommand("HumanLoop: what may act alone, and what a person should see.")
{
    new BacktestCommand(),
    new StatusCommand(),
    new ImportCommand(),
    new ExportCommand(),
    new VerifyCommand(),
    new ReportCommand(),
    new ReviewsCommand(),
    new DeadLettersCommand(),
    new DoctorCommand(),
    new SchemaCommand(),
};
var parsed = root.Parse(args);
foreach (var error in parsed.Errors)
{
    Console.Error.WriteLine(error.Message);
}

return parsed.Errors.Count > 0 ? ExitCodes.UnusableInput : await parsed.InvokeAsync().ConfigureAwait(false);
