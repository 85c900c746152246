using BenchmarkDotNet.Running;
using HumanLoop.Benchmarks;

// Short steady runs: the machine is small and noisy, and the figures that count are ratios within one run.
BenchmarkSwitcher.FromAssembly(typeof(JudgementBenchmarks).Assembly).Run(args);
