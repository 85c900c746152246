namespace HumanLoop.Cli.Backtest;

/// <summary>What happened in one run of one policy.</summary>
internal sealed class RunRecord
{
    internal RunRecord(int checkpoints) => Checkpoints = new (double, long, long)[checkpoints];

    internal long StraightThrough { get; set; }

    internal long Audits { get; set; }

    internal long Reviews { get; set; }

    internal long Errors { get; set; }

    internal bool WasAboveTarget { get; set; }

    internal int? FirstLoosening { get; set; }

    internal Threshold FinalThreshold { get; set; }

    internal double FinalCoverage { get; set; }

    /// <summary>Why everything is reviewed at the end; empty where something is not.</summary>
    internal IReadOnlyList<string> WhyClosed { get; set; } = [];

    /// <summary>Coverage, reviews and errors so far at each checkpoint.</summary>
    internal (double Coverage, long Reviews, long Errors)[] Checkpoints { get; }

    internal List<ChangeRecord> Changes { get; } = [];
}
