namespace HumanLoop.Queues;

/// <summary>What all passes gave. Every figure is a median, and every ratio is taken within one pass.</summary>
internal sealed class Results
{
    private readonly Dictionary<string, List<(Sample Sample, double Reference)>> _passes = [];
    private readonly HashSet<string> _busy = [];

    /// <summary>Says that the machine was busy with other things during one of a case's passes.</summary>
    public void WasBusy(string name) => _busy.Add(name);

    public bool IsBusy(string name) => _busy.Contains(name);

    public void Add(string name, Sample sample, double reference)
    {
        if (!_passes.TryGetValue(name, out var passes))
        {
            _passes[name] = passes = [];
        }

        passes.Add((sample, reference));
    }

    public double? Rate(string name) => Median(name, (sample, _) => sample.Rate);

    public double? OverReference(string name) => Median(name, (sample, reference) => sample.Rate / reference);

    public double? Percentile(string name, double share) => Median(name, (sample, _) => sample.Percentile(share));

    public double? Growth(string name) => Median(name, (sample, _) => sample.Growth);

    public double? Over(string name, string other) => Median(name, other, sample => sample.Rate);

    public double? PercentileOver(string name, string other, double share) => Median(name, other, sample => sample.Percentile(share));

    private double? Median(string name, string other, Func<Sample, double?> figure) => _passes.TryGetValue(name, out var these) && _passes.TryGetValue(other, out var those)
        ? Median(these.Zip(those, (one, two) => figure(one.Sample) / figure(two.Sample)))
        : null;

    private double? Median(string name, Func<Sample, double, double?> figure) => _passes.TryGetValue(name, out var passes) ? Median(passes.Select(pass => figure(pass.Sample, pass.Reference))) : null;

    private static double? Median(IEnumerable<double?> figures)
    {
        double[] sorted = [.. figures.OfType<double>().Order()];
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
