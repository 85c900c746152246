using HumanLoop.Adapting;
using HumanLoop.Cli.Input;

namespace HumanLoop.Cli.Backtest;

/// <summary>The order of decisions in each run: the file's, or drawn from it with replacement.</summary>
internal static class Streams
{
    internal static void Fill(DecisionFile file, BacktestRequest request, int run, int[] order)
    {
        if (request.Resample is null)
        {
            for (var i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }

            return;
        }

        var chance = new Chance(request.Seed, 2L * run);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = chance.Below(file.Rows.Length);
        }
    }
}
