namespace HumanLoop.Adapting;

/// <summary>How many more decisions a closed threshold will probably need until it opens: a forecast, not a promise.</summary>
/// <remarks>
/// A seeded simulation. Decisions are drawn from the confidences seen so far and are wrong as often as the outcomes so far allow, each
/// run with error rates of its own from what is still open about them; then the controller goes on from where it is. Immutable.
/// </remarks>
internal sealed record ThresholdForecast
{
    /// <summary>How far it looks.</summary>
    public const int Horizon = 10_000;

    private const int Runs = 48;
    private const int FewestOutcomes = 30;
    private const int OutcomesInBlock = 40;

    private ThresholdForecast(long decisions, int?[] openings)
    {
        Decisions = decisions;
        int? At(double share) => openings[(int)(share * (openings.Length - 1))];
        (P10, P50, P90) = (At(.1), At(.5), At(.9));
    }

    /// <summary>Decisions of the present body of evidence so far.</summary>
    public long Decisions { get; }

    /// <summary>So many more decisions if things go well: one run in ten was quicker. <see langword="null"/> beyond the horizon.</summary>
    public int? P10 { get; }

    /// <summary>So many more decisions in the middle. <see langword="null"/> beyond the horizon.</summary>
    public int? P50 { get; }

    /// <summary>So many more decisions if things go badly: one run in ten was slower. <see langword="null"/> beyond the horizon.</summary>
    public int? P90 { get; }

    /// <summary>Whether it is more likely than not to open within the horizon.</summary>
    public bool IsLikely => P50 is not null;

    /// <summary>Makes the forecast.</summary>
    /// <param name="state">What the controller knows. It is not changed.</param>
    /// <param name="seed">The same seed gives the same forecast.</param>
    /// <returns>The forecast, or <see langword="null"/> when it would be guessing: fewer than 30 outcomes so far, or the threshold is earned.</returns>
    public static ThresholdForecast? Of(RiskControlledState state, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(state);
        var population = state.Population();
        if (state.IsEarned || population.Sum(one => one.Right + one.Wrong) < FewestOutcomes)
        {
            return null;
        }

        var saved = state.Save();
        var openings = new List<int?>();
        for (var run = 0; run < Runs && !(run == Runs / 4 && openings.TrueForAll(opening => opening is null)); run++)
        {
            openings.Add(Open(saved, population, new(seed, run)));
        }

        return new(state.Decisions, [.. openings.OrderBy(opening => opening ?? int.MaxValue)]);
    }

    private static int? Open(string saved, IReadOnlyList<(double Confidence, long Seen, long Right, long Wrong)> population, Chance chance)
    {
        var state = RiskControlledState.Load(saved);
        var risks = Risks(population, chance);
        var cumulative = new long[population.Count];
        for (var i = 0; i < cumulative.Length; i++)
        {
            cumulative[i] = population[i].Seen + (i == 0 ? 0 : cumulative[i - 1]);
        }

        state.AnswerSample(confidence => chance.Unit() >= risks[Math.Min(population.TakeWhile(one => one.Confidence > confidence).Count(), risks.Length - 1)]);
        for (var n = 1; n <= Horizon; n++)
        {
            var place = Array.BinarySearch(cumulative, chance.Below((int)Math.Min(cumulative[^1], int.MaxValue)) + 1L);
            var one = place >= 0 ? place : ~place;
            while (one > 0 && cumulative[one - 1] == cumulative[one])
            {
                one--;
            }

            var decision = new ReviewedDecision { Sequence = state.LatestDecision + 1, Epoch = state.Epoch, Confidence = population[one].Confidence, IsEligible = true, IsDrawn = true };
            if (Opens(state.Made(decision)) || Opens(state.Counted(decision, chance.Unit() >= risks[one], isOverdue: false)))
            {
                return n;
            }
        }

        return null;
    }

    private static bool Opens(ThresholdChange? change) => change is { Reason: ThresholdReasons.Earned };

    /// <summary>A possible error rate for each group of confidences. Neighbours share one, for a few outcomes say little.</summary>
    private static double[] Risks(IReadOnlyList<(double Confidence, long Seen, long Right, long Wrong)> population, Chance chance)
    {
        var risks = new double[population.Count];
        for (var from = 0; from < risks.Length;)
        {
            var (to, right, wrong) = (from, 0L, 0L);
            while (to < risks.Length && right + wrong < OutcomesInBlock)
            {
                (right, wrong, to) = (right + population[to].Right, wrong + population[to].Wrong, to + 1);
            }

            Array.Fill(risks, chance.Beta(wrong + 0.5, right + 0.5), from, to - from);
            from = to;
        }

        return risks;
    }
}
