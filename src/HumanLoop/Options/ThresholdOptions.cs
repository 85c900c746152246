namespace HumanLoop;

/// <summary>The goal that the threshold serves, its bounds and its start. The live threshold itself belongs to the store.</summary>
public sealed class ThresholdOptions
{
    /// <summary>How the threshold moves.</summary>
    /// <value>The default is <see cref="ThresholdPolicy.RiskControlled"/>.</value>
    public ThresholdPolicy Policy { get; set; }

    /// <summary>Where a <see cref="ThresholdPolicy.Fixed"/> threshold stands.</summary>
    /// <value>In [0, 1]; required for that policy and for no other.</value>
    public double? Value { get; set; }

    /// <summary>How many right answers in a row loosen a <see cref="ThresholdPolicy.Streak"/> threshold by one step.</summary>
    /// <value>1 or more; the default, <see langword="null"/>, is 3 divided by <see cref="MaxErrorRate"/>.</value>
    public int? Streak { get; set; }

    /// <summary>How many outcomes the window of a <see cref="ThresholdPolicy.Wilson"/> threshold holds.</summary>
    /// <value>1 or more; the default is 500.</value>
    public int Window { get; set; } = 500;

    /// <summary>What an error costs, for <see cref="ThresholdPolicy.CostOptimal"/>, in the unit of <see cref="CostOfReview"/>.</summary>
    /// <value>Above 0; required for that policy.</value>
    public double? CostOfError { get; set; }

    /// <summary>What a review costs, for <see cref="ThresholdPolicy.CostOptimal"/>.</summary>
    /// <value>Above 0 and below <see cref="CostOfError"/>; required for that policy.</value>
    public double? CostOfReview { get; set; }

    /// <summary>At most this share of what goes straight through may be wrong.</summary>
    /// <value>A fraction in (0, 1), such as 0.05; required but for <see cref="ThresholdPolicy.Fixed"/>.</value>
    public double? MaxErrorRate { get; set; }

    /// <summary>The chance you accept that the limit is ever exceeded.</summary>
    /// <value>A fraction in (0, 1); the default is 0.05: 95 % sure.</value>
    public double Risk { get; set; } = 0.05;

    /// <summary>A declared start: at or above it the AI acts at once, and every act is checked until the threshold is earned.</summary>
    /// <value>In [0, 1]; the default, <see langword="null"/>, is to review everything.</value>
    public double? Start { get; set; }

    /// <summary>The share of all decisions that are checked after they went straight through.</summary>
    /// <value>A fraction in (0, 1]; the default is 0.05.</value>
    public double AuditBudget { get; set; } = 0.05;

    /// <summary>What shares one threshold.</summary>
    /// <value>The default is <see cref="ThresholdPer.Workflow"/>.</value>
    public ThresholdPer Per { get; set; }

    /// <summary>Who has the last word on a looser threshold.</summary>
    /// <value>The default is <see cref="Loosening.Automatic"/>.</value>
    public Loosening Loosening { get; set; }

    /// <summary>The threshold never goes below this.</summary>
    /// <value>In [0, 1]; the default is 0.</value>
    public double NeverBelow { get; set; }

    /// <summary>What a new model or prompt version does.</summary>
    /// <value>The default is <see cref="OnNewModel.StartAgain"/>.</value>
    public OnNewModel OnNewModel { get; set; }

    /// <summary>The share of the AI's errors that reviewers overlook, at most: as golden items measured it (<see cref="IGoldenItems"/>). The threshold is then
    /// held to a stricter rate, so that the promise is about true errors. Changing it starts the evidence anew.</summary>
    /// <value>In [0, 1), with <see cref="ReviewerFalseAlarmRate"/> below 1; the default is 0.</value>
    public double ReviewerMissRate { get; set; }

    /// <summary>The share of the AI's right answers that reviewers call wrong, at least. Those count as errors otherwise. Changing it starts the evidence
    /// anew.</summary>
    /// <value>In [0, 1), with <see cref="ReviewerMissRate"/> below 1; the default is 0.</value>
    public double ReviewerFalseAlarmRate { get; set; }

    /// <summary>How long an answer may be missing before it counts as wrong until it comes.</summary>
    /// <value>Positive; the default is 14 days.</value>
    public TimeSpan EvidenceDeadline { get; set; } = TimeSpan.FromDays(14);
}
