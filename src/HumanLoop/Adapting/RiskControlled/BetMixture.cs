namespace HumanLoop.Adapting;

/// <summary>The e-value of "more than α of these are wrong": what a gambler who bets that fewer are would own, starting from 1.</summary>
/// <remarks>
/// One wealth per bet f, Π(1 + f·ω·α/(1 − α)) over right and Π(1 − f·ω) over wrong outcomes, averaged with fixed weights. Under the
/// hypothesis it is a nonnegative supermartingale, so it ever reaches 1/x with probability at most x (Ville 1939; betting: Waudby-Smith
/// and Ramdas 2024, JRSSB, §4). Bets are constants and outcomes enter as counts, so the order of outcomes does not matter.
/// </remarks>
internal sealed class BetMixture
{
    /// <summary>The bets; near 1 wins while nothing is wrong, 1 − R/α is the best against a true rate R (Kelly 1956).</summary>
    internal static readonly double[] Bets = [.97, .88, .75, .62, .50, .40, .31, .24, .18, .13, .09, .06, .04];

    /// <summary>Weights for the thresholds at which a chain starts and those above: few errors expected.</summary>
    internal static readonly double[] NearWeights = [.14, .09, .08, .08, .08, .08, .08, .08, .08, .08, .06, .04, .03];

    /// <summary>Weights for the thresholds further down, where the rate comes close to α.</summary>
    internal static readonly double[] FarWeights = [.04, .05, .06, .08, .10, .12, .13, .13, .10, .08, .05, .03, .03];

    private readonly double[] _gains;

    internal BetMixture(double errorRate, int rungs)
    {
        Rungs = rungs;
        ErrorRate = errorRate;
        _gains = new double[Bets.Length * rungs * 2];
        for (var bet = 0; bet < Bets.Length; bet++)
        {
            for (var rung = 0; rung < rungs; rung++)
            {
                var stake = Bets[bet] * Math.Pow(2, -rung / 2.0);
                _gains[(((bet * rungs) + rung) * 2) + 0] = LogOnePlus(stake * errorRate / (1 - errorRate));
                _gains[(((bet * rungs) + rung) * 2) + 1] = LogOnePlus(-stake);
            }
        }

        LargestGain = _gains[0];
    }

    /// <summary>The rate α that is tested against.</summary>
    internal double ErrorRate { get; }

    /// <summary>The rungs of ω that an outcome can have.</summary>
    internal int Rungs { get; }

    /// <summary>No single outcome raises the logarithm by more.</summary>
    internal double LargestGain { get; }

    /// <summary>The natural logarithm of the e-value.</summary>
    /// <param name="counts">Right and wrong outcomes by rung of ω: right at 2·rung, wrong at 2·rung + 1.</param>
    /// <param name="logWeights">The logarithms of the bets' weights, which sum to one.</param>
    /// <returns>0 without outcomes.</returns>
    internal double LogValue(ReadOnlySpan<long> counts, ReadOnlySpan<double> logWeights)
    {
        Span<double> wealth = stackalloc double[Bets.Length];
        var highest = double.NegativeInfinity;
        for (var bet = 0; bet < wealth.Length; bet++)
        {
            var gains = _gains.AsSpan(bet * Rungs * 2, Rungs * 2);
            var sum = logWeights[bet];
            for (var i = 0; i < gains.Length; i++)
            {
                sum += counts[i] * gains[i];
            }

            wealth[bet] = sum;
            highest = Math.Max(highest, sum);
        }

        var total = 0.0;
        foreach (var log in wealth)
        {
            total += Math.Exp(log - highest);
        }

        return highest + Math.Log(total);
    }

    /// <summary>The posterior weights of the bets after outcomes, halved with the weights from before: a prior for later evidence.</summary>
    internal double[] Posterior(ReadOnlySpan<long> counts, double[] weights)
    {
        var logWeights = Logarithms(weights);
        var total = LogValue(counts, logWeights);
        var posterior = new double[Bets.Length];
        for (var bet = 0; bet < posterior.Length; bet++)
        {
            var log = logWeights[bet];
            for (var i = 0; i < Rungs * 2; i++)
            {
                log += counts[i] * _gains[(bet * Rungs * 2) + i];
            }

            posterior[bet] = 0.5 * ((weights[bet] / weights.Sum()) + Math.Exp(log - total));
        }

        return posterior;
    }

    /// <summary>The logarithms of weights after they are made to sum to one.</summary>
    internal static double[] Logarithms(double[] weights)
    {
        var sum = weights.Sum();
        return [.. weights.Select(weight => Math.Log(weight / sum))];
    }

    // Math has no log1p; Kahan's correction keeps full precision for small x.
    private static double LogOnePlus(double x)
    {
        var onePlus = 1 + x;
        return onePlus == 1 ? x : Math.Log(onePlus) * (x / (onePlus - 1));
    }
}
