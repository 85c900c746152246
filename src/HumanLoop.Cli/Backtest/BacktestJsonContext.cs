using System.Text.Json.Serialization;

namespace HumanLoop.Cli.Backtest;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BacktestResult))]
internal sealed partial class BacktestJsonContext : JsonSerializerContext;
