using System.Globalization;
using HumanLoop.Adapting;
using HumanLoop.Cli.Input;

namespace HumanLoop.Cli.Backtest;

/// <summary>A policy as named on the command line.</summary>
/// <param name="Name">What was typed, which is also how results call it.</param>
/// <param name="Controller">The policy.</param>
internal sealed record PolicyChoice(string Name, IThresholdController Controller)
{
    internal const string Expected = "risk-controlled, fixed:THRESHOLD, streak:LENGTH, wilson:WINDOW or cost:ERROR/REVIEW";

    private const string Ranges = "a THRESHOLD from 0 to 1, a LENGTH of 1 or more, a WINDOW from 1 to 2,000, an ERROR above 0 and a REVIEW of 0 or more";

    internal static PolicyChoice Parse(string text)
    {
        var parts = text.Split(':', 2);
        var argument = parts.Length > 1 ? parts[1] : "";
        try
        {
            return new(text, parts[0] switch
            {
                "risk-controlled" when parts.Length == 1 => new RiskControlledThreshold(),
                "fixed" => new FixedThreshold(new(Number(argument, text))),
                "streak" => new StreakThreshold(Whole(argument, text)),
                "wilson" => new WilsonThreshold(Whole(argument, text)),
                "cost" when argument.Split('/') is [var error, var review] => new CostOptimalThreshold(Number(error, text), Number(review, text)),
                _ => throw Unknown(text),
            });
        }
        catch (ArgumentException e)
        {
            throw new InputException($"--policy {text}: expected {Ranges}.", e);
        }
    }

    private static double Number(string text, string policy) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Unknown(policy);

    private static int Whole(string text, string policy) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw Unknown(policy);

    private static InputException Unknown(string text) => new($"--policy {text}: expected {Expected}.");
}
