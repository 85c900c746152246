using System.Text.Json;
using HumanLoop.Adapting;

namespace HumanLoop.Testing.Tests;

/// <summary>What <see cref="StepThreshold"/> knows.</summary>
internal sealed class StepState : ThresholdState
{
    private const double Line = 0.9;
    private const int Enough = 100;

    public required ThresholdGoal CurrentGoal { get; set; }

    public int Number { get; set; } = 1;

    public int InARow { get; set; }

    public long Right { get; set; }

    public long Wrong { get; set; }

    public Threshold? Forced { get; set; }

    public bool MayVoid { get; set; }

    public override ThresholdGoal Goal => CurrentGoal;

    public override int Epoch => Number;

    // It promises nothing, so it never says that it has earned anything.
    public override bool IsEarned => false;

    public override Threshold Threshold => Forced is { } forced && (forced > Own || MayVoid) ? forced : Own;

    public override ReviewProbability AuditProbability => ReviewProbability.AtLeast(CurrentGoal.AuditBudget);

    public override ThresholdEvidence Evidence => new(Threshold, Right + Wrong, Wrong, 0, double.NaN, 1);

    private Threshold Own => InARow >= Enough ? new(Math.Max(Line, CurrentGoal.NeverBelow)) : Threshold.ReviewEverything;

    public static StepState Load(string json)
    {
        try
        {
            var saved = JsonSerializer.Deserialize<Saved>(json);
            return saved is { Policy: "step", Version: 1, Goal: not null, Forced: not null }
                ? new()
                {
                    CurrentGoal = saved.Goal,
                    Number = saved.Number,
                    InARow = saved.InARow,
                    Right = saved.Right,
                    Wrong = saved.Wrong,
                    Forced = saved.Forced.Length == 0 ? null : saved.Forced[0] is { } at ? new Threshold(at) : Threshold.ReviewEverything,
                    MayVoid = saved.MayVoid,
                }
                : throw new FormatException("Expected a step threshold in version 1.");
        }
        catch (JsonException unreadable)
        {
            throw new FormatException(unreadable.Message, unreadable);
        }
    }

    public override string Save() => JsonSerializer.Serialize(new Saved(
        "step", 1, CurrentGoal, Number, InARow, Right, Wrong, Forced is { } forced ? [forced.IsReviewEverything ? null : forced.Value] : [], MayVoid));

    public override IReadOnlyList<string> WhyClosed() => Threshold.IsReviewEverything ? [ThresholdReasons.TooFewOutcomes] : [];

    public void Count(bool wasRight, Confidence confidence)
    {
        (Right, Wrong) = wasRight ? (Right + 1, Wrong) : (Right, Wrong + 1);
        if (confidence.Value >= Line)
        {
            InARow = wasRight ? InARow + 1 : 0;
        }
    }

    public void StartAgain(ThresholdGoal? goal)
    {
        goal?.Validate();
        (CurrentGoal, Number, InARow, Right, Wrong) = (goal ?? CurrentGoal, Number + 1, 0, 0, 0);
    }

    public ThresholdChange? ChangeFrom(Threshold before, string reason, string? actor) => before == Threshold ? null : new()
    {
        From = before,
        To = Threshold,
        Reason = reason,
        Evidence = Evidence,
        Goal = Goal,
        Epoch = Epoch,
        Sequence = 0,
        Actor = actor,
        GuaranteeVoid = true,
    };

    private sealed record Saved(string Policy, int Version, ThresholdGoal Goal, int Number, int InARow, long Right, long Wrong, double?[] Forced, bool MayVoid);
}
