using System.CommandLine;
using HumanLoop.Cli.Answering;
using HumanLoop.Cli.Input;

namespace HumanLoop.Cli.Backtest;

/// <summary><c>humanloop backtest FILE.csv</c>: how much could be automated, and how soon, at an error rate, before any code is written.</summary>
internal sealed class BacktestCommand : Command
{
    private const int DefaultRuns = 100;
    private const int MostDecisions = 100_000_000;

    private readonly Argument<string> _file = new("FILE") { Description = "A CSV file with a header row: confidence and either correct, or predicted and truth; optional id, segment." };
    private readonly Option<string[]> _policies = new("--policy") { Description = $"{PolicyChoice.Expected}; repeat to compare (risk-controlled)." };
    private readonly Option<double> _maxErrorRate = new("--max-error-rate") { Description = "At most this share of what goes straight through may be wrong.", DefaultValueFactory = _ => 0.05 };
    private readonly Option<double> _risk = new("--risk") { Description = "The accepted chance that this is ever broken.", DefaultValueFactory = _ => 0.05 };
    private readonly Option<double> _auditBudget = new("--audit-budget") { Description = "The share of all decisions that checking settles at.", DefaultValueFactory = _ => 0.05 };
    private readonly Option<double?> _start = new("--start") { Description = "A declared start: at or above it the AI acts at once and everything is checked until it is earned." };
    private readonly Option<int?> _resample = new("--resample") { Description = "Draw streams of this many rows with replacement: the file is then the population." };
    private readonly Option<int?> _runs = new("--runs") { Description = $"How many runs (1; {DefaultRuns} with --resample)." };
    private readonly Option<long> _seed = new("--seed") { Description = "The seed of all chance.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _reviewDelay = new("--review-delay") { Description = "Verdicts arrive this many decisions later (0)." };
    private readonly Option<bool> _perSegment = new("--per-segment") { Description = "One threshold per segment." };
    private readonly Option<string?> _columns = new("--columns") { Description = "Which column is which: confidence=score,truth=label." };
    private readonly Option<double?> _perDay = new("--per-day") { Description = "Decisions a day: turns decisions into days." };
    private readonly Option<double?> _minutes = new("--minutes-per-review") { Description = "Minutes that a review takes: turns reviews into hours." };
    private readonly Option<string> _format = new("--format") { Description = "table, json or html.", DefaultValueFactory = _ => "table" };
    private readonly Option<string?> _out = new("--out") { Description = "Write to this file." };

    internal BacktestCommand()
        : base("backtest", "Replays decisions whose truth is known and shows what a threshold would have done.")
    {
        Add(_file);
        Option[] options =
        [
            _policies, _maxErrorRate, _risk, _auditBudget, _start, _resample, _runs, _seed,
            _reviewDelay, _perSegment, _columns, _perDay, _minutes, _format, _out,
        ];
        foreach (var option in options)
        {
            Add(option);
        }

        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        try
        {
            var request = Request(parsed);
            var effort = new Effort(Positive(parsed, _perDay), Positive(parsed, _minutes));
            var write = Writer(parsed.GetValue(_format)!);
            var file = DecisionFile.Open(parsed.GetValue(_file)!, DecisionFile.Renames(parsed.GetValue(_columns)));
            if (request.PerSegment && !file.HasSegments)
            {
                throw new InputException(file.Name, 1, "segment", "this column for --per-segment, or --columns segment=NAME");
            }

            var result = ProgressLine.Watch(progress => Backtester.Run(file, request, progress));
            using var text = new StringWriter();
            write(text, new(result, Backtester.Populations(file, request), effort));
            Output.Write(text.ToString(), parsed.GetValue(_out));
            return ExitCodes.Done;
        }
        catch (InputException e)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCodes.UnusableInput;
        }
    }

    private BacktestRequest Request(ParseResult parsed)
    {
        var resample = parsed.GetValue(_resample);
        var runs = parsed.GetValue(_runs) ?? (resample is null ? 1 : DefaultRuns);
        Require(resample is null or (> 0 and <= MostDecisions), "--resample", "a number of decisions from 1 to 100,000,000");
        Require(runs > 0, "--runs", "a number above 0");
        Require(parsed.GetValue(_reviewDelay) >= 0, "--review-delay", "0 or more decisions");
        var start = parsed.GetValue(_start);
        Require(start is null or (>= 0 and <= 1), "--start", "a number from 0 to 1");
        var goal = new ThresholdGoal
        {
            MaxErrorRate = parsed.GetValue(_maxErrorRate),
            Risk = parsed.GetValue(_risk),
            AuditBudget = parsed.GetValue(_auditBudget),
            Start = start is { } declared ? new(declared) : Threshold.ReviewEverything,
        };
        Require(goal.MaxErrorRate is > 0 and < 1, "--max-error-rate", "a number above 0 and below 1");
        Require(goal.Risk is > 0 and < 1, "--risk", "a number above 0 and below 1");
        Require(goal.AuditBudget is > 0 and <= 1, "--audit-budget", "a number above 0 and at most 1");
        var policies = parsed.GetValue(_policies) is { Length: > 0 } given ? given : ["risk-controlled"];
        return new()
        {
            Goal = goal,
            Policies = [.. policies.Select(PolicyChoice.Parse)],
            Resample = resample,
            Runs = runs,
            Seed = parsed.GetValue(_seed),
            ReviewDelay = parsed.GetValue(_reviewDelay),
            PerSegment = parsed.GetValue(_perSegment),
        };
    }

    private static Action<TextWriter, Report> Writer(string format) => format switch
    {
        "table" => TableReport.Write,
        "json" => JsonReport.Write,
        "html" => HtmlReport.Write,
        _ => throw new InputException($"--format {format}: expected table, json or html."),
    };

    private static double? Positive(ParseResult parsed, Option<double?> option)
    {
        var value = parsed.GetValue(option);
        Require(value is null or (> 0 and < double.PositiveInfinity), option.Name, "a number above 0");
        return value;
    }

    private static void Require(bool holds, string option, string expected)
    {
        if (!holds)
        {
            throw new InputException($"{option}: expected {expected}.");
        }
    }
}
