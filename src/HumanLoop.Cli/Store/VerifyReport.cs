namespace HumanLoop.Cli.Store;

/// <summary>What <c>humanloop verify</c> tells.</summary>
internal sealed record VerifyReport(bool Agrees, long Entries, long Decisions, long Workflows, long Changes, IReadOnlyList<string> Problems);
