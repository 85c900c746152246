using HumanLoop.Journaling;

namespace HumanLoop.Reviewing;

/// <summary>Counts answers to golden items. The journal's entries in, numbers out.</summary>
internal sealed class GoldenTally
{
    private readonly SortedDictionary<string, ReviewerAccuracy> _reviewers = new(StringComparer.Ordinal);

    public GoldenMeasure Measure => new(
        _reviewers.Values.Aggregate(new ReviewerAccuracy("", 0, 0, 0, 0, 0), (sum, one) =>
            new("", sum.WrongShown + one.WrongShown, sum.Missed + one.Missed, sum.RightShown + one.RightShown, sum.FalseAlarms + one.FalseAlarms, sum.Exact + one.Exact)),
        [.. _reviewers.Values]);

    /// <summary>Takes one decision's stream in.</summary>
    public void Add(IEnumerable<JournalEntry> stream)
    {
        DecisionRouted? routed = null;
        var answers = new List<Journaling.VerdictFacts>();
        foreach (var entry in stream)
        {
            switch (entry)
            {
                case DecisionRouted begins:
                    routed = begins;
                    break;
                case VoteGiven vote:
                    answers.Add(vote.Verdict);
                    break;
                case VerdictGiven verdict:
                    answers.Add(verdict.Verdict);
                    break;
                case VerdictUndone:
                    answers.RemoveAt(answers.Count - 1);
                    break;
            }
        }

        if (routed is { Golden: { } golden })
        {
            answers.ForEach(answer => Count(routed, golden, answer));
        }
    }

    private void Count(DecisionRouted routed, GoldenAnswer golden, Journaling.VerdictFacts answer)
    {
        var known = _reviewers.GetValueOrDefault(answer.Reviewer) ?? new(answer.Reviewer, 0, 0, 0, 0, 0);
        var exact = Said(routed, answer.Kind, answer.CorrectionFingerprint) == Said(routed, golden.Kind, golden.CorrectionFingerprint) ? 1 : 0;
        _reviewers[answer.Reviewer] = golden.WasRight
            ? known with { RightShown = known.RightShown + 1, FalseAlarms = known.FalseAlarms + (answer.WasRight ? 0 : 1), Exact = known.Exact + exact }
            : known with { WrongShown = known.WrongShown + 1, Missed = known.Missed + (answer.WasRight ? 1 : 0), Exact = known.Exact + exact };
    }

    /// <summary>What is held to be the right proposal; null for none. A blind answer that repeats the proposal is as good as an approval.</summary>
    private static string? Said(DecisionRouted routed, VerdictKind kind, string? correction) => kind switch
    {
        VerdictKind.Approved => routed.Fingerprint,
        VerdictKind.Corrected => correction,
        _ => null,
    };
}
