namespace HumanLoop.Reporting;

/// <summary>One model's confidences against what people found: bins of 0.01 up to 0.9 and of 0.001 above, where thresholds lie. Not safe for concurrent
/// use.</summary>
internal sealed class ConfidenceTally
{
    public const int Bins = Coarse + 100;

    private const int Coarse = 90;

    public ConfidenceTally(string? model, long since)
    {
        (Model, Since) = (model, since);
        (Seen, Right, Wrong) = (new long[Bins], new long[Bins], new long[Bins]);
    }

    /// <exception cref="FormatException">The bins are not these.</exception>
    public ConfidenceTally(TallyDocument.ConfidenceDocument stored)
    {
        if (stored.Seen.Length != Bins || stored.Right.Length != Bins || stored.Wrong.Length != Bins)
        {
            throw new FormatException($"A model's confidences are in {stored.Seen.Length} bins; this version of the library knows {Bins}.");
        }

        (Model, Since, LastSeen, Outcomes, Errors) = (stored.Model, stored.Since, stored.LastSeen, stored.Outcomes, stored.Errors);
        (Seen, Right, Wrong) = (stored.Seen, stored.Right, stored.Wrong);
    }

    public string? Model { get; }

    /// <summary>The position of its first decision here: outcomes of earlier ones, from before it was forgotten once, are not in it.</summary>
    public long Since { get; }

    public long LastSeen { get; private set; }

    /// <summary>Outcomes counted, unweighted.</summary>
    public long Outcomes { get; private set; }

    public long Errors { get; private set; }

    /// <summary>Eligible decisions by bin.</summary>
    public long[] Seen { get; }

    /// <summary>1/p of the right ones, in units of <see cref="InverseProbability.One"/>.</summary>
    public long[] Right { get; }

    public long[] Wrong { get; }

    public static int BinOf(double confidence) => confidence < 0.9 ? (int)(confidence * 100) : Coarse + Math.Clamp((int)((confidence - 0.9) * 1000), 0, 99);

    /// <summary>The lower end of a bin.</summary>
    public static double From(int bin) => bin < Coarse ? bin / 100.0 : 0.9 + ((bin - Coarse) / 1000.0);

    public static double Middle(int bin) => From(bin) + (bin < Coarse ? 0.005 : 0.0005);

    public void See(long position, double confidence)
    {
        LastSeen = position;
        Seen[BinOf(confidence)]++;
    }

    public void Count(double confidence, ReviewProbability probability, bool wasRight, int times)
    {
        (wasRight ? Right : Wrong)[BinOf(confidence)] += times * InverseProbability.Of(probability);
        Outcomes += times;
        Errors += wasRight ? 0 : times;
    }

    public TallyDocument.ConfidenceDocument ToDocument() => new(Model, Since, LastSeen, Outcomes, Errors, Seen, Right, Wrong);
}
