namespace HumanLoop.Adapting;

/// <summary>How large a share of what goes straight through is checked afterwards.</summary>
/// <remarks>Fixed before the outcomes that it concerns are known, so it cannot bias the evidence. Not safe for concurrent use.</remarks>
internal sealed class AuditSchedule
{
    /// <summary>The probability is set anew after this many decisions.</summary>
    internal const int Period = 25;

    /// <summary>By how much the rungs chosen so far lie above what was wanted, summed over the settings; at most 1.</summary>
    /// <remarks>The ladder is coarse: always rounding up would spend up to 41 % more than the budget.</remarks>
    internal double Overspent { get; set; }

    /// <summary>The rungs of ω that can occur: none below the least probability that a budget allows.</summary>
    internal static int Rungs(double budget) => Math.Min(ReviewProbability.LastRung, (int)Math.Floor((2 * Math.Log2(1 / budget)) + 1e-9)) + 1;

    /// <summary>The audit probability that spends a budget: a rung above or below what is wanted, so that the mean is what is wanted.</summary>
    /// <param name="goal">The budget, a share of all decisions, and how much of it is brought forward.</param>
    /// <param name="age">Decisions of the epoch so far; the budget is front-loaded by n₀/(n₀ + age).</param>
    /// <param name="admitted">How many of them were at or above the threshold.</param>
    internal ReviewProbability Next(ThresholdGoal goal, long age, long admitted)
    {
        var early = goal.LearningAudits == 0 ? 0 : goal.LearningAudits / (double)(goal.LearningAudits + age);
        var share = Math.Min(1, goal.AuditBudget + early);
        var wanted = admitted == 0 ? 1 : Math.Clamp(share * age / admitted, goal.AuditBudget, 1);
        var above = ReviewProbability.AtLeast(wanted);
        var chosen = Overspent > 0 && above.Rung + 1 < Rungs(goal.AuditBudget) ? ReviewProbability.AtRung(above.Rung + 1) : above;
        Overspent = Math.Min(1, Overspent + chosen.Value - wanted);
        return chosen;
    }
}
