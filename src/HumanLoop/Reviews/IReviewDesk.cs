namespace HumanLoop;

/// <summary>Where reviewers work: every inbox, chat button and ticket tool goes through it.</summary>
/// <remarks>A singleton, safe for concurrent use. A request on work that moved on comes back as a <see cref="ReviewResult"/> that says so; only an
/// unreachable store throws (<see cref="StoreException"/>). What came back as applied has been committed.</remarks>
public interface IReviewDesk
{
    /// <summary>Lists reviews, most urgent first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>A page.</returns>
    /// <exception cref="ArgumentException">The limit or the cursor is not one.</exception>
    Task<ReviewPage> ListAsync(ReviewQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads one review.</summary>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The review, or <see langword="null"/>.</returns>
    Task<Review?> GetAsync(ReviewId id, CancellationToken cancellationToken = default);

    /// <summary>Leases the most urgent free reviews to a reviewer. No other reviewer is offered them until the lease ends.</summary>
    /// <param name="claim">Which would do.</param>
    /// <param name="reviewer">Who takes them.</param>
    /// <param name="cancellationToken">Stops the waiting; a review leased meanwhile is free again when its lease ends.</param>
    /// <returns>The claimed reviews; empty when none is free.</returns>
    Task<IReadOnlyList<Review>> ClaimAsync(ReviewClaim claim, string reviewer, CancellationToken cancellationToken = default);

    /// <summary>Leases one review to a reviewer who picked it, or goes on with one that they hold already.</summary>
    /// <param name="id">Which.</param>
    /// <param name="reviewer">Who takes it.</param>
    /// <param name="cancellationToken">Stops the waiting; a review leased meanwhile is free again when its lease ends.</param>
    /// <returns>Applied, with the new revision; <see cref="TransitionStatus.NotAllowed"/> while another person holds it or alone may have it.</returns>
    Task<ReviewResult> TakeAsync(ReviewId id, string reviewer, CancellationToken cancellationToken = default);

    /// <summary>Keeps a lease for another <c>Review:Lease</c>: the reviewer is still at it.</summary>
    /// <param name="id">Which.</param>
    /// <param name="revision">The revision that the reviewer saw.</param>
    /// <param name="reviewer">Who holds it.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Applied, or that the lease is lost.</returns>
    Task<ReviewResult> ExtendAsync(ReviewId id, long revision, string reviewer, CancellationToken cancellationToken = default);

    /// <summary>Gives a review back to the queue.</summary>
    /// <param name="id">Which.</param>
    /// <param name="revision">The revision that the reviewer saw.</param>
    /// <param name="reviewer">Who holds it.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Applied, or why not.</returns>
    Task<ReviewResult> ReleaseAsync(ReviewId id, long revision, string reviewer, CancellationToken cancellationToken = default);

    /// <summary>Decides a review that the reviewer holds, or votes on it where several must agree.</summary>
    /// <param name="id">Which.</param>
    /// <param name="revision">The revision that the reviewer saw.</param>
    /// <param name="verdict">What was found; a correction is checked against the workflow's type first.</param>
    /// <param name="reviewer">Who holds it.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Applied, or why not: stale, lease lost, decided before, an invalid proposal.</returns>
    Task<ReviewResult> DecideAsync(ReviewId id, long revision, Verdict verdict, string reviewer, CancellationToken cancellationToken = default);

    /// <summary>Decides a review without a lease, for verdicts from outside tools. The first verdict wins; a lease held by another reviewer is no bar.</summary>
    /// <param name="id">Which.</param>
    /// <param name="verdict">What was found; a correction is checked against the workflow's type first.</param>
    /// <param name="reviewer">Who decided.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Applied, or why not.</returns>
    Task<ReviewResult> DecideAsync(ReviewId id, Verdict verdict, string reviewer, CancellationToken cancellationToken = default);

    /// <summary>Says that the reviewer cannot judge: another reviewer is asked, and from the second abstention on the next person up.</summary>
    /// <param name="id">Which.</param>
    /// <param name="revision">The revision that the reviewer saw.</param>
    /// <param name="reviewer">Who abstains.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Applied, or why not.</returns>
    Task<ReviewResult> AbstainAsync(ReviewId id, long revision, string reviewer, CancellationToken cancellationToken = default);

    /// <summary>Sends a review up: only the named person may claim it then. Where that person has it already, or is the only one left, it stays where it is and
    /// its deadline starts anew.</summary>
    /// <param name="id">Which.</param>
    /// <param name="revision">The revision that the reviewer saw.</param>
    /// <param name="reviewer">Who sends it up.</param>
    /// <param name="person">To whom; <see langword="null"/> for the next in <c>Review:EscalateTo</c>, after them the owner.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Applied, or why not.</returns>
    Task<ReviewResult> EscalateAsync(ReviewId id, long revision, string reviewer, string? person = null, CancellationToken cancellationToken = default);

    /// <summary>Gives a review to one person, or frees it for all. A lease of another person ends.</summary>
    /// <param name="id">Which.</param>
    /// <param name="person">Who alone may claim it; <see langword="null"/> for anybody.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Applied, or why not.</returns>
    Task<ReviewResult> AssignAsync(ReviewId id, string? person, string by, CancellationToken cancellationToken = default);

    /// <summary>Makes a review more or less urgent.</summary>
    /// <param name="id">Which.</param>
    /// <param name="priority">Higher is more urgent; 0 by default.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Applied, or why not.</returns>
    Task<ReviewResult> PrioritiseAsync(ReviewId id, int priority, string by, CancellationToken cancellationToken = default);

    /// <summary>Writes a note on a review, open or closed, for later readers.</summary>
    /// <param name="id">Which.</param>
    /// <param name="text">Plain text, 1 to 4,000 characters; payload, erased with the decision's data. A review has at most 100 notes.</param>
    /// <param name="by">Who writes.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Applied; <see cref="TransitionStatus.Closed"/> once erased, <see cref="TransitionStatus.NotAllowed"/> where there are 100.</returns>
    /// <exception cref="ArgumentException">The text is empty or too long.</exception>
    Task<ReviewResult> AddNoteAsync(ReviewId id, string text, string by, CancellationToken cancellationToken = default);

    /// <summary>Takes a verdict back within the undo window; the review is free again.</summary>
    /// <param name="id">Which.</param>
    /// <param name="revision">The revision that the verdict left.</param>
    /// <param name="reviewer">Who takes it back.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Applied, or why not.</returns>
    Task<ReviewResult> UndoAsync(ReviewId id, long revision, string reviewer, CancellationToken cancellationToken = default);

    /// <summary>Gives a dead letter another round of attempts. List them with <see cref="DecisionState.DeadLetter"/>.</summary>
    /// <param name="id">Which.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Applied, or why not.</returns>
    Task<ReviewResult> RetryDeadLetterAsync(ReviewId id, string by, CancellationToken cancellationToken = default);

    /// <summary>Closes a dead letter whose effect was brought about, or given up, by other means.</summary>
    /// <param name="id">Which.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="note">What was done; kept in the journal, so no personal data.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Applied, or why not.</returns>
    Task<ReviewResult> SettleDeadLetterAsync(ReviewId id, string by, string? note = null, CancellationToken cancellationToken = default);

    /// <summary>Records what became known later about the AI's original proposal, where a program knows the workflow's name and not its type. Where it does,
    /// <see cref="IDecisionRouter{TProposal}.RecordOutcomeAsync"/> does the same.</summary>
    /// <param name="id">Which decision.</param>
    /// <param name="outcome">What became known.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Stops the waiting, never the write.</param>
    /// <returns>Whether it counts as evidence, is only shown, or the decision is unknown.</returns>
    /// <exception cref="StoreException">The store could not do it. Call again.</exception>
    Task<OutcomeResult> RecordOutcomeAsync(ReviewId id, DecisionOutcome outcome, string by, CancellationToken cancellationToken = default);
}
