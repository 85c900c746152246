namespace HumanLoop.Adapting;

/// <summary>An upper limit of an error rate that holds at all times: the rates above it are those that the bets have refuted.</summary>
internal static class ErrorRateUpperBound
{
    // Good to about 1e-5, more than anybody reads.
    private const int Halvings = 16;

    /// <summary>Inverts the mixture of bets in α, which the e-value never falls with.</summary>
    /// <param name="counts">Right and wrong outcomes by rung of ω, as in <see cref="BetMixture"/>.</param>
    /// <param name="logWeights">The logarithms of the bets' weights.</param>
    /// <param name="risk">The chance of ever being wrong.</param>
    /// <returns>A rate in (0, 1]; 1 when nothing is refuted.</returns>
    internal static double Upper(ReadOnlySpan<long> counts, ReadOnlySpan<double> logWeights, double risk)
    {
        double low = 0, high = 1;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (LogValue(counts, logWeights, middle) >= -Math.Log(risk))
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return high;
    }

    private static double LogValue(ReadOnlySpan<long> counts, ReadOnlySpan<double> logWeights, double errorRate)
    {
        var total = double.NegativeInfinity;
        for (var bet = 0; bet < logWeights.Length; bet++)
        {
            var sum = logWeights[bet];
            for (var i = 0; i < counts.Length; i++)
            {
                if (counts[i] != 0)
                {
                    var stake = BetMixture.Bets[bet] * ReviewProbability.AtRung(i / 2).Value;
                    sum += counts[i] * Math.Log(1 + (i % 2 == 1 ? -stake : stake * errorRate / (1 - errorRate)));
                }
            }

            var (larger, smaller) = total > sum ? (total, sum) : (sum, total);
            total = larger + Math.Log(1 + Math.Exp(smaller - larger));
        }

        return total;
    }
}
