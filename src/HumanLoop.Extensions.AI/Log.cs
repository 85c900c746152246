using Microsoft.Extensions.Logging;

namespace HumanLoop.Extensions.AI;

/// <summary>Every message of this package. Event ids are stable; nothing of what a model or a person wrote is ever logged.</summary>
internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Warning, "What model '{Model}' says of itself is used as its confidence. It is unearned: look at 'humanloop status --health' before you trust a threshold on it.")]
    public static partial void VerbalisedIsRaw(this ILogger logger, string model);

    [LoggerMessage(5010, LogLevel.Warning, "Workflow '{Workflow}': the model called '{Tool}' with arguments that do not fit its schema; it was told so, and nothing ran.")]
    public static partial void InvalidArguments(this ILogger logger, string workflow, string tool);

    [LoggerMessage(5011, LogLevel.Warning, "Workflow '{Workflow}': nobody answered the call of '{Tool}' within {Timeout}; decision '{DecisionId}' is withdrawn and the model is told that it was rejected.")]
    public static partial void WaitTimedOut(this ILogger logger, string workflow, string tool, TimeSpan timeout, DecisionId decisionId);

    [LoggerMessage(5012, LogLevel.Warning, "Workflow '{Workflow}': the model's calls were answered {Rounds} times in a row without reaching an end; its last answer is returned as it is.")]
    public static partial void TooManyRounds(this ILogger logger, string workflow, int rounds);
}
