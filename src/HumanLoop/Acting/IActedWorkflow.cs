using HumanLoop.Queueing;
using HumanLoop.Running;
using Polly;

namespace HumanLoop.Acting;

/// <summary>What acting needs of a workflow.</summary>
internal interface IActedWorkflow : IWorkflowRole
{
    /// <summary>Whether the library calls a handler; else the caller acts on receipts and verdicts.</summary>
    bool HasHandler { get; }

    /// <summary>What retries failed attempts.</summary>
    ResiliencePipeline Pipeline { get; }

    /// <summary>One attempt at the effect that is due.</summary>
    /// <param name="work">The work.</param>
    /// <param name="attempt">Its number.</param>
    /// <param name="holder">Who holds the lease.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What became of the completion where the handler recorded it itself; else <see langword="null"/>.</returns>
    Task<TransitionResult?> AttemptAsync(LiveWork work, int attempt, string holder, CancellationToken cancellationToken);
}
