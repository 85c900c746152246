using HumanLoop.Cli.Input;

namespace HumanLoop.Evaluation;

/// <summary>A kind of model: how often it is wrong at each place of its ranking, from the surest (0) to the least sure (1).</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Risk">The chance of an error at a place.</param>
/// <param name="Seed">The seed of its streams.</param>
internal sealed record Scenario(string Name, Func<double, double> Risk, int Seed)
{
    private const int Rows = 100_000;

    /// <summary>Every scenario of a stream that stays as it is. The oracle's coverage at 5 % is what the shape was chosen for.</summary>
    public static IReadOnlyList<Scenario> Stationary { get; } =
    [
        new("calibrated", u => Math.Min(.65, 1.6 * Math.Pow(u, 6.3)), 2026),
        new("calibrated-smooth", u => .1984 * u, 2028),
        new("overconfident", u => .015 + (.9685 * Math.Pow(u, 4)), 2029),
        new("non-monotone-hump", u => u < .2 ? .01 : u < .5 ? .137 : .06, 2030),
        new("bad-top", u => u < .03 ? .5 : .0616 * Math.Pow(u, 1.8), 2031),
        new("perfect", _ => .002, 2032),
        new("useless", _ => .2, 2033),
        new("knife-edge", _ => .0525, 2035),
    ];

    public static Scenario Calibrated => Stationary[0];

    /// <summary>The share of errors among the surest part of the decisions.</summary>
    public double RiskOf(double coverage, double odds = 1)
    {
        const int Steps = 2_000;
        var sum = 0.0;
        for (var i = 0; i < Steps; i++)
        {
            sum += WithOdds(Risk((i + .5) / Steps * coverage), odds);
        }

        return sum / Steps;
    }

    /// <summary>A chance whose odds are multiplied.</summary>
    public static double WithOdds(double risk, double odds) => odds * risk / (1 - risk + (odds * risk));

    /// <summary>The scenario as a population in which every part of the ranking has exactly its share of errors.</summary>
    public DecisionFile Population()
    {
        var due = 0.0;
        return DecisionFile.Of(Name, Enumerable.Range(0, Rows).Select(i =>
        {
            var u = (i + .5) / Rows;
            due += Risk(u);
            // The knife edge must be above its rate at every cut, so its errors come as early as they may.
            var wrong = Name == "knife-edge" ? due > 0 : due >= 1;
            due -= wrong ? 1 : 0;
            return new DecisionRow(1 - u, wrong, 0);
        }));
    }
}
