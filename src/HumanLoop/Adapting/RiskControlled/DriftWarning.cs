namespace HumanLoop.Adapting;

/// <summary>Watches the many reviews below the threshold for more errors than their confidences used to have; it only asks for more checks.</summary>
/// <remarks>
/// A risk-adjusted cumulative sum for odds of an error three times as high as each bin's own (Steiner, Cook, Farewell and Treasure
/// 2000, Biostatistics 1). It never moves a threshold, so it cannot break the promise. Not safe for concurrent use.
/// </remarks>
internal sealed class DriftWarning
{
    /// <summary>How many checked acts its warning lasts.</summary>
    internal const int WarningAudits = 100;

    private const double OddsRatio = 3, WarningLevel = 6, LargestStep = 2;
    private const int LeastOutcomes = 30;

    /// <summary>The cumulative sum, in nats.</summary>
    internal double Sum { get; set; }

    /// <summary>Takes an outcome against the outcomes of its bin so far.</summary>
    /// <returns>Whether it warns; the sum then starts again.</returns>
    internal bool Observe(bool isWrong, long right, long wrong)
    {
        if (right + wrong < LeastOutcomes)
        {
            return false;
        }

        var rate = Math.Clamp((wrong + 0.5) / (right + wrong + 1), .002, .9);
        var step = (isWrong ? Math.Log(OddsRatio) : 0) - Math.Log(1 + ((OddsRatio - 1) * rate));
        Sum = Math.Max(0, Sum + Math.Clamp(step, -LargestStep, LargestStep));
        if (Sum <= WarningLevel)
        {
            return false;
        }

        Sum = 0;
        return true;
    }
}
