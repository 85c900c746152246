namespace HumanLoop.Cli.Backtest;

/// <summary>The answer to "how much could I automate, and how soon, at this error rate?".</summary>
internal sealed record BacktestResult
{
    public required string File { get; init; }

    public required int Decisions { get; init; }

    public required int WithoutConfidence { get; init; }

    public required GoalResult Goal { get; init; }

    public required OracleResult Oracle { get; init; }

    public required IReadOnlyList<PolicyResult> Policies { get; init; }
}

/// <summary>The goal that was asked for.</summary>
internal sealed record GoalResult(double MaxErrorRate, double Risk, double AuditBudget);

/// <summary>What somebody who knew every truth would do.</summary>
internal sealed record OracleResult(double? Threshold, double Coverage);
