namespace HumanLoop.Adapting;

/// <summary>Watches the checked acts for a rate of errors above what is allowed, and says when to look closer and when to stop.</summary>
/// <remarks>
/// A Shiryaev–Roberts statistic, R ← (R + 1)·likelihood ratio, averaged over four sizes of harm: while at most α are wrong, the mean
/// number of audits to a false alarm is at least the level (Shin, Ramdas and Rinaldo 2024, "E-detectors", NEJSDS). Looking closer at a
/// lower level shortens the delay (variable sampling rate charts: Reynolds, Amin and Arnold 1990). Not safe for concurrent use.
/// </remarks>
internal sealed class HarmDetector
{
    /// <summary>How many sizes of harm are watched for.</summary>
    internal const int Sizes = 4;

    /// <summary>How many checked acts a suspicion lasts.</summary>
    internal const int SuspicionAudits = 60;

    // Suspicion begins at this level whatever the alarm's: it costs a few checks, an alarm costs all that was learnt.
    private static readonly double SuspicionLevel = Math.Pow(5_000, 0.7);

    private static readonly double[] Factors = [1.5, 2.5, 4, 8];

    private readonly double[] _right = new double[Sizes];
    private readonly double[] _wrong = new double[Sizes];
    private readonly double _alarmLevel;

    internal HarmDetector(double errorRate, double falseAlarmEvery)
    {
        _alarmLevel = falseAlarmEvery;
        for (var i = 0; i < Sizes; i++)
        {
            var harmful = Math.Max(errorRate, Math.Min(Factors[i] * errorRate, .95));
            _right[i] = (1 - harmful) / (1 - errorRate);
            _wrong[i] = harmful / errorRate;
        }
    }

    // An alarm begins a new epoch, but where a threshold is closed already, checks that come late go on being counted: they must not run off the numbers.
    private const double Most = 1e100;

    /// <summary>The statistic for each size of harm; finite always, and at most a small multiple of the alarm level while something goes straight through, so no
    /// logarithms are needed.</summary>
    internal double[] Statistics { get; } = new double[Sizes];

    internal bool Suspects => Mean >= Math.Min(SuspicionLevel, _alarmLevel);

    internal bool Alarms => Mean >= _alarmLevel;

    private double Mean => (Statistics[0] + Statistics[1] + Statistics[2] + Statistics[3]) / Sizes;

    internal void Observe(bool wrong)
    {
        var ratios = wrong ? _wrong : _right;
        for (var i = 0; i < Statistics.Length; i++)
        {
            Statistics[i] = Math.Min((Statistics[i] + 1) * ratios[i], Most);
        }
    }
}
