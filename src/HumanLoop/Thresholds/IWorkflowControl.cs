namespace HumanLoop;

/// <summary>The owner's hand on a workflow: the stop switch, a word on its thresholds, and the erasure of people's data.</summary>
/// <remarks>A singleton, safe for concurrent use.</remarks>
public interface IWorkflowControl
{
    /// <summary>Sends everything to a person, in every process of the store, until resumed. Other processes follow within 2 seconds.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="reason">Why; kept in the journal, so no personal data.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>When it is committed. This process has stopped before that, whatever the store says.</returns>
    /// <exception cref="ArgumentException">There is no such workflow.</exception>
    /// <exception cref="StoreException">The store could not record it: this process has stopped, others may not have. Call again.</exception>
    Task PauseAsync(string workflow, string by, string reason, CancellationToken cancellationToken = default);

    /// <summary>Lets decisions go straight through again where the threshold admits them.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>When it is committed.</returns>
    /// <exception cref="ArgumentException">There is no such workflow.</exception>
    /// <exception cref="StoreException">The store could not record it; the workflow stays paused. Call again.</exception>
    Task ResumeAsync(string workflow, string by, CancellationToken cancellationToken = default);

    /// <summary>Stops this process alone, without the store: for the moment when the database is down too. <see cref="StartLocally"/> undoes it.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <exception cref="ArgumentException">There is no such workflow.</exception>
    void StopLocally(string workflow);

    /// <summary>Undoes <see cref="StopLocally"/>. A pause of the store stays in force.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <exception cref="ArgumentException">There is no such workflow.</exception>
    void StartLocally(string workflow);

    /// <summary>The application's workflows: what an inbox or an owner's page needs to know of each.</summary>
    /// <returns>The workflows, in the order in which they were added.</returns>
    IReadOnlyList<WorkflowInfo> ListWorkflows();

    /// <summary>Whether everything goes to a person now: paused in the store, or stopped locally.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <returns><see langword="true"/> while paused.</returns>
    /// <exception cref="ArgumentException">There is no such workflow.</exception>
    bool IsPaused(string workflow);

    /// <summary>The thresholds of a workflow as they are now: one, or one for each model and for each segment that has its own.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The thresholds, the one of the newest model last; empty before the first decision.</returns>
    /// <exception cref="ArgumentException">There is no such workflow.</exception>
    /// <exception cref="StoreException">The store could not do it.</exception>
    Task<IReadOnlyList<LiveThreshold>> GetThresholdsAsync(string workflow, CancellationToken cancellationToken = default);

    /// <summary>Every change of a workflow's thresholds and every proposal, with its evidence.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The changes, oldest first.</returns>
    /// <exception cref="ArgumentException">There is no such workflow.</exception>
    /// <exception cref="StoreException">The store could not do it.</exception>
    Task<IReadOnlyList<RecordedThresholdChange>> GetThresholdChangesAsync(string workflow, CancellationToken cancellationToken = default);

    /// <summary>Approves a proposal to loosen, where <c>Threshold:Loosening</c> is <see cref="Loosening.OwnerApproves"/>.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="changeId">The proposal: <see cref="LiveThreshold.ProposalId"/>.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Recorded, or that no such proposal waits.</returns>
    /// <exception cref="ArgumentException">There is no such workflow.</exception>
    /// <exception cref="StoreException">The store could not do it. Call again.</exception>
    Task<ThresholdResult> ApproveLooseningAsync(string workflow, string changeId, string by, CancellationToken cancellationToken = default);

    /// <summary>Rejects a proposal to loosen. The next looser threshold that the evidence allows is proposed again.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="changeId">The proposal: <see cref="LiveThreshold.ProposalId"/>.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Recorded, or that no such proposal waits.</returns>
    /// <exception cref="ArgumentException">There is no such workflow.</exception>
    /// <exception cref="StoreException">The store could not do it. Call again.</exception>
    Task<ThresholdResult> RejectLooseningAsync(string workflow, string changeId, string by, CancellationToken cancellationToken = default);

    /// <summary>Sets a stricter threshold than the evidence asks for, until <see cref="ReleaseThresholdAsync"/>.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="threshold">The threshold; <see cref="Threshold.ReviewEverything"/> closes it.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="reason">Why; kept in the journal, so no personal data.</param>
    /// <param name="segment">The segment whose own threshold it is; <see langword="null"/> for all of the workflow's.</param>
    /// <param name="mayVoidGuarantee">Whether it may be looser than what is earned. The journal and every surface then say that nothing is promised, and every
    /// act is checked.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Recorded, or why not.</returns>
    /// <exception cref="ArgumentException">There is no such workflow.</exception>
    /// <exception cref="StoreException">The store could not do it. Call again.</exception>
    Task<ThresholdResult> ForceThresholdAsync(string workflow, Threshold threshold, string by, string reason, string? segment = null, bool mayVoidGuarantee = false, CancellationToken cancellationToken = default);

    /// <summary>Takes a forced threshold back: what the evidence allows is in force again.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="reason">Why; kept in the journal, so no personal data.</param>
    /// <param name="segment">The segment whose own threshold it is; <see langword="null"/> for all of the workflow's.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>When it is on record.</returns>
    /// <exception cref="ArgumentException">There is no such workflow.</exception>
    /// <exception cref="StoreException">The store could not do it. Call again.</exception>
    Task ReleaseThresholdAsync(string workflow, string by, string reason, string? segment = null, CancellationToken cancellationToken = default);

    /// <summary>Erases the data of one decision that has come to its end; what happened to it stays on record.</summary>
    /// <param name="id">Which.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Applied; <see cref="TransitionStatus.NotAllowed"/> while it is open (withdraw or decide it first); <see cref="TransitionStatus.Closed"/> when it
    /// was erased before.</returns>
    /// <exception cref="StoreException">The store could not do it. Call again.</exception>
    Task<TransitionStatus> EraseAsync(ReviewId id, string by, CancellationToken cancellationToken = default);

    /// <summary>Erases the data of everything about one person, over all workflows.</summary>
    /// <param name="subject">The <see cref="Decision{TProposal}.Subject"/> that the decisions were routed with.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Stops between decisions.</param>
    /// <returns>How many were erased, and which are still open and must be withdrawn or decided first.</returns>
    /// <exception cref="StoreException">The store could not do it. Call again; what was erased stays so.</exception>
    Task<ErasureResult> EraseSubjectAsync(string subject, string by, CancellationToken cancellationToken = default);
}
