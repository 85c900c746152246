using HumanLoop.Cli.Input;

namespace HumanLoop.Cli.Backtest;

/// <summary>Replays a file through policies, side by side on the same streams. Deterministic: same file, same request, same result.</summary>
internal static class Backtester
{
    private static readonly int[] CheckpointsAt = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000];

    internal static BacktestResult Run(DecisionFile file, BacktestRequest request, Action<double>? progress = null)
    {
        var populations = Populations(file, request);
        var target = request.Goal.MaxErrorRate;
        var oracleCoverage = populations.Sum(population => population.Admitted(population.Oracle(target))) / (double)file.Rows.Length;
        var length = request.Resample ?? file.Rows.Length;
        int[] checkpoints = [.. CheckpointsAt.Where(at => at < length), length];
        var order = new int[length];
        List<RunRecord>[] records = [.. request.Policies.Select(_ => new List<RunRecord>(request.Runs))];
        Simulation[] simulations = [.. request.Policies.Select(policy => new Simulation(request, file, populations, checkpoints, policy.Controller))];
        for (var run = 0; run < request.Runs; run++)
        {
            Streams.Fill(file, request, run, order);
            for (var policy = 0; policy < simulations.Length; policy++)
            {
                records[policy].Add(simulations[policy].Run(order, run));
                progress?.Invoke((run + ((policy + 1.0) / simulations.Length)) / request.Runs);
            }
        }

        return new()
        {
            File = file.Name,
            Decisions = file.Rows.Length,
            WithoutConfidence = file.WithoutConfidence,
            Goal = new(target, request.Goal.Risk, request.Goal.AuditBudget),
            Oracle = new(request.PerSegment ? null : Simulation.Shown(populations[0].Oracle(target)), oracleCoverage),
            Policies = [.. request.Policies.Select((policy, i) => Summarise(policy.Name, records[i], request, checkpoints, oracleCoverage))],
        };
    }

    /// <summary>Each population that has a threshold of its own: the whole file, or its segments.</summary>
    internal static Population[] Populations(DecisionFile file, BacktestRequest request) =>
        request.PerSegment
            ? [.. file.Segments.Select((name, segment) => new Population(file.Rows.Where(row => row.Segment == segment), name))]
            : [new Population(file.Rows)];

    private static PolicyResult Summarise(string policy, List<RunRecord> records, BacktestRequest request, int[] checkpoints, double oracle)
    {
        double length = checkpoints[^1];
        double? OfOracle(double coverage) => oracle > 0 ? coverage / oracle : null;
        var straightThrough = records.Average(record => record.StraightThrough);
        var errors = records.Average(record => record.Errors);
        var coverage = records.Average(record => record.FinalCoverage);
        return new()
        {
            Policy = policy,
            Runs = records.Count,
            StraightThroughRate = straightThrough / length,
            ReviewRate = records.Average(record => record.Reviews) / length,
            AuditRate = records.Average(record => record.Audits) / length,
            StraightThroughErrors = errors,
            StraightThroughErrorRate = straightThrough > 0 ? errors / straightThrough : null,
            EverAboveTarget = request.Resample is null ? null : records.Count(record => record.WasAboveTarget) / (double)records.Count,
            FirstLoosening = FirstLoosening(records),
            FinalThreshold = request.PerSegment ? null : Simulation.Shown(records[0].FinalThreshold),
            FinalCoverage = coverage,
            FinalCoverageOfOracle = OfOracle(coverage),
            Checkpoints =
            [
                .. checkpoints.Select((at, i) => new Checkpoint
                {
                    Decisions = at,
                    Coverage = records.Average(record => record.Checkpoints[i].Coverage),
                    CoverageOfOracle = OfOracle(records.Average(record => record.Checkpoints[i].Coverage)),
                    Reviews = records.Average(record => record.Checkpoints[i].Reviews),
                    ErrorsLetThrough = records.Average(record => record.Checkpoints[i].Errors),
                }),
            ],
            Changes = records[0].Changes,
            WhyClosed = records[0].WhyClosed,
        };
    }

    private static Quantiles FirstLoosening(List<RunRecord> records)
    {
        int[] sorted = [.. records.Select(record => record.FirstLoosening ?? int.MaxValue).Order()];
        int? At(double share)
        {
            var value = sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
            return value == int.MaxValue ? null : value;
        }

        return new(At(.1), At(.5), At(.9));
    }
}
