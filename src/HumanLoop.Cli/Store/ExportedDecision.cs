namespace HumanLoop.Cli.Store;

/// <summary>One decision as <c>humanloop export</c> writes it.</summary>
internal sealed record ExportedDecision(
    string Workflow,
    string Id,
    DateTimeOffset At,
    string? Segment,
    string? Model,
    double? Confidence,
    string Route,
    string Reason,
    bool Eligible,
    double ReviewProbability,
    string? Verdict,
    string? Correction,
    bool? Correct);
