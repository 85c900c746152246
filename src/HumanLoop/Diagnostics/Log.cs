using Microsoft.Extensions.Logging;

namespace HumanLoop.Diagnostics;

/// <summary>Every log line of the library, by stable id. None carries a proposal, a briefing or an exception's text: those may hold personal data.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Workflow '{Workflow}', owned by {Owner}: {Mode}, {Threshold}.")]
    public static partial void WorkflowReady(this ILogger logger, string workflow, string owner, WorkflowMode mode, string threshold);

    [LoggerMessage(2, LogLevel.Warning, "No notifier is registered: owners learn of overdue reviews and dead letters from logs only. Add one with AddNotifier.")]
    public static partial void NoNotifier(this ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "The in-memory store forgets everything when the process ends. Use a durable store outside tests and trials.")]
    public static partial void StoreForgets(this ILogger logger);

    [LoggerMessage(4, LogLevel.Error, "Workflow '{Workflow}': the changed settings are refused and the last good ones stay in force. {Problem}")]
    public static partial void SettingsRefused(this ILogger logger, string workflow, string problem);

    [LoggerMessage(5, LogLevel.Information, "Workflow '{Workflow}': the settings are good again and in force.")]
    public static partial void SettingsChanged(this ILogger logger, string workflow);

    [LoggerMessage(6, LogLevel.Error, "The store cannot be reached yet; decisions are refused until it can. {Problem}")]
    public static partial void StoreLate(this ILogger logger, string problem);

    [LoggerMessage(10, LogLevel.Warning, "Workflow '{Workflow}': the confidence source failed with {Error}; a person looks.")]
    public static partial void ConfidenceFailed(this ILogger logger, string workflow, string error);

    [LoggerMessage(11, LogLevel.Warning, "Workflow '{Workflow}': the confidence source took longer than {Timeout}; a person looks.")]
    public static partial void ConfidenceTimedOut(this ILogger logger, string workflow, TimeSpan timeout);

    [LoggerMessage(12, LogLevel.Warning, "Workflow '{Workflow}': rule {Rule} failed with {Error}; a person looks.")]
    public static partial void RuleFailed(this ILogger logger, string workflow, string rule, string error);

    [LoggerMessage(13, LogLevel.Warning, "Workflow '{Workflow}': people do not keep up (Review:MaxPending, Review:MaxAge); new work that needs one is refused.")]
    public static partial void QueueFull(this ILogger logger, string workflow);

    [LoggerMessage(14, LogLevel.Warning, "Workflow '{Workflow}': CountAsErrorWhen failed with {Error}; the correction counts as an error of the AI.")]
    public static partial void ComparisonFailed(this ILogger logger, string workflow, string error);

    [LoggerMessage(15, LogLevel.Warning, "Workflow '{Workflow}': RefuseCorrectionWhen failed with {Error}; the correction is refused.")]
    public static partial void CorrectionCheckFailed(this ILogger logger, string workflow, string error);

    [LoggerMessage(20, LogLevel.Warning, "Workflow '{Workflow}': {Effect} of decision '{DecisionId}' failed with {Error} after {Attempts} attempts; it is tried again.")]
    public static partial void EffectFailed(this ILogger logger, string workflow, Effect effect, DecisionId decisionId, string error, int attempts);

    [LoggerMessage(21, LogLevel.Error, "Workflow '{Workflow}': {Effect} of decision '{DecisionId}' failed with {Error} after {Attempts} attempts; it is a dead letter and waits for {Owner}.")]
    public static partial void DeadLettered(this ILogger logger, string workflow, Effect effect, DecisionId decisionId, string error, int attempts, string owner);

    [LoggerMessage(22, LogLevel.Warning, "Workflow '{Workflow}': an attempt at decision '{DecisionId}' ended unknown, and the handler is not idempotent; a person decides.")]
    public static partial void EffectUncertain(this ILogger logger, string workflow, DecisionId decisionId);

    [LoggerMessage(23, LogLevel.Warning, "Workflow '{Workflow}': decision '{DecisionId}' was taken over before its effect was recorded; the handler may be called again with the same key.")]
    public static partial void LeaseLost(this ILogger logger, string workflow, DecisionId decisionId);

    [LoggerMessage(24, LogLevel.Error, "The {Loop} could not reach the store ({Error}); it tries again in {Pause}.")]
    public static partial void LoopFailed(this ILogger logger, string loop, string error, TimeSpan pause);

    [LoggerMessage(25, LogLevel.Information, "The {Loop} reaches the store again.")]
    public static partial void LoopRecovered(this ILogger logger, string loop);

    [LoggerMessage(26, LogLevel.Warning, "Workflow '{Workflow}': the effect of decision '{DecisionId}' took place and could not be recorded ({Error}); it is done again with the same key when its lease ends.")]
    public static partial void SettleFailed(this ILogger logger, string workflow, DecisionId decisionId, string error);

    [LoggerMessage(27, LogLevel.Warning, "Workflow '{Workflow}': an attempt at decision '{DecisionId}' failed with {Failure}, which could not be recorded ({Error}); it is taken up again when its lease ends.")]
    public static partial void FailureUnrecorded(this ILogger logger, string workflow, DecisionId decisionId, string failure, string error);

    [LoggerMessage(30, LogLevel.Warning, "Workflow '{Workflow}': {Count} reviews are overdue; told {Told}.")]
    public static partial void ReviewsOverdue(this ILogger logger, string workflow, int count, string told);

    [LoggerMessage(31, LogLevel.Warning, "Workflow '{Workflow}': {Count} reviews expired unanswered and were declined.")]
    public static partial void ReviewsExpired(this ILogger logger, string workflow, int count);

    [LoggerMessage(32, LogLevel.Warning, "The notifier {Notifier} failed with {Error}.")]
    public static partial void NotifierFailed(this ILogger logger, string notifier, string error);

    [LoggerMessage(33, LogLevel.Warning, "Workflow '{Workflow}': people do not keep up; {Count} reviews wait, the oldest since {Oldest}. Told {Owner}.")]
    public static partial void PeopleBehind(this ILogger logger, string workflow, long count, DateTimeOffset? oldest, string owner);

    [LoggerMessage(35, LogLevel.Information, "Workflow '{Workflow}': '{Metric}' has reached its target; told {Owner}.")]
    public static partial void TargetReached(this ILogger logger, string workflow, string metric, string owner);

    [LoggerMessage(36, LogLevel.Warning, "Workflow '{Workflow}': '{Guard}', which must not get worse, is worse than its limit; told {Owner}.")]
    public static partial void GuardMissed(this ILogger logger, string workflow, string guard, string owner);

    [LoggerMessage(40, LogLevel.Warning, "Workflow '{Workflow}' is paused: everything goes to a person.")]
    public static partial void Paused(this ILogger logger, string workflow);

    [LoggerMessage(41, LogLevel.Information, "Workflow '{Workflow}' is resumed.")]
    public static partial void Resumed(this ILogger logger, string workflow);

    [LoggerMessage(60, LogLevel.Information, "Workflow '{Workflow}': the threshold{Whose} goes from {From} to {To}, {Reason}: {Errors} of {Outcomes} reviewed were wrong.")]
    public static partial void ThresholdChanged(this ILogger logger, string workflow, string whose, Threshold from, Threshold to, string reason, long errors, long outcomes);

    [LoggerMessage(61, LogLevel.Error, "Workflow '{Workflow}': drift alarm. Too many checked acts were wrong; the threshold{Whose}, {From} so far, is closed and everything is reviewed again. Told {Owner}.")]
    public static partial void ThresholdAlarm(this ILogger logger, string workflow, string whose, Threshold from, string owner);

    [LoggerMessage(62, LogLevel.Warning, "Workflow '{Workflow}': the evidence allows the threshold{Whose} to go from {From} to {To} ({Errors} of {Outcomes} reviewed were wrong). It does not by itself: change {ChangeId}, told {Owner}.")]
    public static partial void LooseningProposed(this ILogger logger, string workflow, string whose, Threshold from, Threshold to, long errors, long outcomes, string changeId, string owner);

    [LoggerMessage(63, LogLevel.Warning, "Workflow '{Workflow}': {By} forced the threshold{Whose} to {To}, looser than what is earned: nothing is promised while it is in force.")]
    public static partial void GuaranteeVoid(this ILogger logger, string workflow, string whose, Threshold to, string by);

    [LoggerMessage(64, LogLevel.Warning, "Workflow '{Workflow}' has more segments or models than it can learn for (256 segments, 8 models each): the oldest models and the newest segments are reviewed and not learnt from. Is Model or Segment something that changes with every decision?")]
    public static partial void TooManyGroups(this ILogger logger, string workflow);

    [LoggerMessage(65, LogLevel.Error, "Workflow '{Workflow}' learns no more and reviews everything. {Problem}")]
    public static partial void LearningStopped(this ILogger logger, string workflow, string problem);

    [LoggerMessage(50, LogLevel.Information, "Workflow '{Workflow}': the data of {Count} decisions was erased.")]
    public static partial void Erased(this ILogger logger, string workflow, int count);

    [LoggerMessage(51, LogLevel.Error, "Workflow '{Workflow}': the payload protector cannot read the data of decision '{DecisionId}' ({Error}); nothing acts on it until it can. Is a key missing?")]
    public static partial void PayloadUnreadable(this ILogger logger, string workflow, DecisionId decisionId, string error);
}
