using System.Globalization;
using System.Text.Json.Serialization;

namespace HumanLoop;

/// <summary>What a threshold has to keep to: "at most 5 % wrong, 95 % sure", and what may be spent on checking it.</summary>
/// <remarks>Rates are fractions in [0, 1]. Immutable. Evidence gathered for one goal is not evidence for another.</remarks>
public sealed record ThresholdGoal
{
    /// <summary>How many thresholds <see cref="Grid"/> may hold.</summary>
    internal const int MostGridNodes = 83;

    /// <summary>α: the largest share of the decisions at or above the threshold that may be wrong, in (0, 1).</summary>
    public required double MaxErrorRate { get; init; }

    /// <summary>δ: the accepted chance that the promise is ever broken, per body of evidence, in (0, 1). Default 0.05.</summary>
    public double Risk { get; init; } = 0.05;

    /// <summary>The share of all decisions that checking settles at, in (0, 1]. Default 0.05; while learning it checks more.</summary>
    public double AuditBudget { get; init; } = 0.05;

    /// <summary>How strongly audits are brought forward into the first decisions of a body of evidence, in decisions. Default 300; 0 turns it off.</summary>
    public int LearningAudits { get; init; } = 300;

    /// <summary>A declared start: at or above it the AI acts at once and everything is checked until the threshold is earned. Default: review everything.</summary>
    public Threshold Start { get; init; }

    /// <summary>The hard lower bound of the threshold. Default 0: none.</summary>
    public double NeverBelow { get; init; }

    /// <summary>Who decides on a looser threshold. Default <see cref="Loosening.Automatic"/>.</summary>
    public Loosening Loosening { get; init; }

    /// <summary>The only thresholds ever used, in any order; the default, empty, takes them from the first 200 confidences.</summary>
    public IReadOnlyList<double> Grid { get; init; } = [];

    /// <summary>Leaves the outcomes of those first 200 decisions out of the evidence: exact also for scores with many ties, and slower. Default false.</summary>
    public bool StrictGrid { get; init; }

    /// <summary>m: the share of the AI's errors that reviewers overlook, an upper bound, in [0, 1). Default 0.</summary>
    public double ReviewerMissRate { get; init; }

    /// <summary>a: the share of the AI's right answers that reviewers call wrong, a lower bound, in [0, 1). Default 0.</summary>
    public double ReviewerFalseAlarmRate { get; init; }

    /// <summary>The mean number of audits to a false drift alarm, at least; above 1. Default 10,000.</summary>
    public double FalseAlarmEvery { get; init; } = 10_000;

    /// <summary>Whether the j-th body of evidence works at δ/(j(j+1)), so that δ holds for the whole life of the workflow. Default false.</summary>
    public bool StrictEpochs { get; init; }

    /// <summary>The error rate to test observed verdicts at: a + α(1 − m − a), as reviewers see R(1 − m) + (1 − R)a of a true rate R.</summary>
    [JsonIgnore]
    public double TestedErrorRate => ReviewerFalseAlarmRate + (MaxErrorRate * (1 - ReviewerMissRate - ReviewerFalseAlarmRate));

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ArgumentException">A number is outside its range; the message names it and the range.</exception>
    public void Validate()
    {
        Check(MaxErrorRate is > 0 and < 1, nameof(MaxErrorRate), "above 0 and below 1");
        Check(Risk is > 0 and < 1, nameof(Risk), "above 0 and below 1");
        Check(AuditBudget is > 0 and <= 1, nameof(AuditBudget), "above 0 and at most 1");
        Check(LearningAudits >= 0, nameof(LearningAudits), "0 or more");
        Check(NeverBelow is >= 0 and <= 1, nameof(NeverBelow), "from 0 to 1");
        Check(ReviewerMissRate is >= 0 and < 1, nameof(ReviewerMissRate), "at least 0 and below 1");
        Check(ReviewerFalseAlarmRate is >= 0 and < 1 && ReviewerFalseAlarmRate + ReviewerMissRate < 1, nameof(ReviewerFalseAlarmRate), "at least 0 and, with the miss rate, below 1");
        Check(FalseAlarmEvery is > 1 and < double.PositiveInfinity, nameof(FalseAlarmEvery), "above 1");
        Check(Grid.All(node => node is >= 0 and <= 1) && Grid.Count <= MostGridNodes, nameof(Grid), $"at most {MostGridNodes} numbers from 0 to 1");
    }

    /// <summary>Whether two goals ask for the same, grid included.</summary>
    /// <param name="other">The other goal.</param>
    /// <returns><see langword="true"/> when evidence for one is evidence for the other.</returns>
    public bool Equals(ThresholdGoal? other) =>
        other is not null
        && MaxErrorRate == other.MaxErrorRate && Risk == other.Risk && AuditBudget == other.AuditBudget && LearningAudits == other.LearningAudits
        && Start == other.Start && NeverBelow == other.NeverBelow && Loosening == other.Loosening && StrictGrid == other.StrictGrid
        && ReviewerMissRate == other.ReviewerMissRate && ReviewerFalseAlarmRate == other.ReviewerFalseAlarmRate
        && FalseAlarmEvery == other.FalseAlarmEvery && StrictEpochs == other.StrictEpochs && Grid.SequenceEqual(other.Grid);

    /// <summary>Whether evidence gathered for another goal is evidence for this one: the same rate, risk, grid and reviewers.</summary>
    /// <param name="other">The other goal.</param>
    /// <returns><see langword="false"/> when changing to this goal has to start again.</returns>
    public bool SharesEvidenceWith(ThresholdGoal other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other with
        {
            AuditBudget = AuditBudget,
            LearningAudits = LearningAudits,
            Start = Start,
            NeverBelow = NeverBelow,
            Loosening = Loosening,
            FalseAlarmEvery = FalseAlarmEvery,
        } == this;
    }

    /// <summary>The goal in a sentence, the same on every surface: "at most 5 % wrong, 95 % sure".</summary>
    /// <returns>The sentence.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"at most {100 * MaxErrorRate:0.####} % wrong, {100 * (1 - Risk):0.####} % sure");

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MaxErrorRate, Risk, AuditBudget, Start, NeverBelow, Loosening, Grid.Count);

    private static void Check(bool holds, string name, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} must be {expected}.", name);
        }
    }
}
