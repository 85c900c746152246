namespace HumanLoop.Cli.Store;

/// <summary>What <c>humanloop doctor</c> found.</summary>
/// <param name="Healthy">Whether nothing would stop a workflow.</param>
/// <param name="Findings">What was found, the gravest first.</param>
internal sealed record DoctorReport(bool Healthy, IReadOnlyList<DoctorReport.Finding> Findings)
{
    /// <param name="Workflow">The workflow; null for the store as a whole.</param>
    /// <param name="Severity">How grave it is.</param>
    /// <param name="Code">A stable name.</param>
    /// <param name="Problem">What is wrong, in a sentence.</param>
    /// <param name="Mend">What to do about it.</param>
    internal sealed record Finding(string? Workflow, Severity Severity, string Code, string Problem, string Mend);

    internal enum Severity
    {
        /// <summary>The workflow does not do what it was made for.</summary>
        Stops,

        /// <summary>It works, and something will go wrong.</summary>
        Warns,

        /// <summary>Worth knowing.</summary>
        Notes,
    }
}
