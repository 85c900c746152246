namespace HumanLoop.Queues;

/// <summary>What a case has to reach.</summary>
/// <param name="Text">As the table says it.</param>
/// <param name="Measure">The figure; <see langword="null"/> where what it is compared with did not run.</param>
/// <param name="IsMet">Whether a figure is good enough.</param>
internal sealed record Target(string Text, Func<Results, double?> Measure, Func<double, bool> IsMet)
{
    public static Target AtLeast(double limit, string what, Func<Results, double?> measure) => new(FormattableString.Invariant($"≥ {limit} {what}"), measure, value => value >= limit);

    public static Target AtMost(double limit, string what, Func<Results, double?> measure) => new(FormattableString.Invariant($"≤ {limit} {what}"), measure, value => value <= limit);
}
