using Spectre.Console;

namespace HumanLoop.Cli.Backtest;

/// <summary>A progress bar for people: on the error stream, and only where that is a terminal.</summary>
internal static class ProgressLine
{
    internal static T Watch<T>(Func<Action<double>, T> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work(_ => { });
        }

        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask("replaying");
            return work(share => task.Value = 100 * share);
        });
    }
}
