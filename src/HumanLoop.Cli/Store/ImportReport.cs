namespace HumanLoop.Cli.Store;

/// <summary>What <c>humanloop import</c> tells.</summary>
internal sealed record ImportReport(string Workflow, string? Model, string As, int Imported, int WithoutConfidence, int Wrong);
