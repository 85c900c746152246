using HumanLoop.Journaling;

namespace HumanLoop.Queueing;

/// <summary>Makes a review more or less urgent.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="Priority">Higher is more urgent.</param>
internal sealed record PrioritiseReview(string Workflow, DecisionId DecisionId, int Priority) : Transition(Workflow, DecisionId)
{
    private protected override TransitionResult Decide(WorkItem item, DateTimeOffset now)
    {
        return item.AwaitsVerdict
            ? Accept(item, now, new ReviewPrioritised { Priority = Priority })
            : Refuse(item, Refusal(item));
    }
}
