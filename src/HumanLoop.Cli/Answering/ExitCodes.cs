namespace HumanLoop.Cli.Answering;

/// <summary>What the process says to a script.</summary>
internal static class ExitCodes
{
    internal const int Done = 0;

    /// <summary>It was done, and the answer is no.</summary>
    internal const int No = 1;

    internal const int UnusableInput = 2;
}
