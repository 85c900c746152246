namespace HumanLoop.Cli;

/// <summary>What the process says to a script.</summary>
internal static class ExitCodes
{
    internal const int Done = 0;

    internal const int UnusableInput = 2;
}
