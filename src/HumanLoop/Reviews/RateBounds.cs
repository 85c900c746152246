namespace HumanLoop;

/// <summary>A share that was seen, and the interval in which the true one lies, 95 % sure.</summary>
/// <param name="Rate">The share in [0, 1]; <see langword="null"/> when nothing was seen.</param>
/// <param name="Low">The lower limit; 0 when nothing was seen.</param>
/// <param name="High">The upper limit; 1 when nothing was seen.</param>
/// <remarks>C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 1934: never too narrow, whatever the number seen.</remarks>
public readonly record struct RateBounds(double? Rate, double Low, double High)
{
    private const double Tail = 0.025;

    /// <summary>Estimates a share.</summary>
    /// <param name="count">How many of them.</param>
    /// <param name="of">Of how many.</param>
    /// <returns>The share and its interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 0 or above the number.</exception>
    public static RateBounds Of(int count, int of)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, of);
        return of == 0
            ? new(null, 0, 1)
            : new((double)count / of, count == 0 ? 0 : Where(count - 1, of, 1 - Tail), count == of ? 1 : Where(count, of, Tail));
    }

    /// <summary>The share at which at most so many are seen with a given probability, which falls as the share grows.</summary>
    private static double Where(int atMost, int of, double probability)
    {
        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = AtMost(atMost, of, middle) > probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>The binomial distribution function, each term from the one before.</summary>
    private static double AtMost(int atMost, int of, double share)
    {
        var (log, sum) = (of * Math.Log(1 - share), 0.0);
        for (var k = 0; k <= atMost; k++)
        {
            sum += Math.Exp(log);
            log += Math.Log((double)(of - k) / (k + 1)) + Math.Log(share / (1 - share));
        }

        return sum;
    }
}
