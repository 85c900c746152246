using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Several reviewers who must find the same.</summary>
internal static class VoteCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(Votes_that_agree_settle_a_review),
        Of(Whoever_voted_is_not_offered_the_review_again),
        Of(Nobody_votes_twice),
        Of(Votes_that_differ_go_to_the_next_person_up),
        Of(Votes_keep_their_payload_until_it_is_erased),
        Of(Of_many_votes_at_once_as_many_count_as_are_needed),
    ];

    private static async Task Votes_that_agree_settle_a_review(QueueTrial t)
    {
        await EnqueueAsync(t, "a", 3).ConfigureAwait(false);
        var first = await VoteAsync(t, "a", "ann").ConfigureAwait(false);
        Expect.That(first.State == DecisionState.Pending && first.Verdict is null && first.WasRight is null, "One vote of three decided the review.");
        await VoteAsync(t, "a", "bob").ConfigureAwait(false);
        var settled = await VoteAsync(t, "a", "eve").ConfigureAwait(false);
        Expect.Equal(DecisionState.ActDue, settled.State, "State after three votes that agree");
        Expect.Sequence(["ann", "bob", "eve"], settled.Votes.Select(vote => vote.Reviewer), "Who voted");
        Expect.Equal(true, settled.WasRight, "Whether the proposal was right");
    }

    private static async Task Whoever_voted_is_not_offered_the_review_again(QueueTrial t)
    {
        await EnqueueAsync(t, "a", 2).ConfigureAwait(false);
        await t.EnqueueReviewAsync("b").ConfigureAwait(false);
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        Expect.Equal("a", claimed.DecisionId, "The first review");
        var voted = await t.AppliedAsync(Sample.Approve("a", "ann"), claimed.Revision).ConfigureAwait(false);
        Expect.Equal(claimed.Revision + 1, voted.Revision, "Revision after a vote");
        Expect.Sequence(["b"], (await t.ClaimReviewsAsync("ann", max: 5).ConfigureAwait(false)).Select(item => item.DecisionId.Value), "Reviews for who voted");
        Expect.Sequence(["a"], (await t.ClaimReviewsAsync("bob", max: 5).ConfigureAwait(false)).Select(item => item.DecisionId.Value), "Reviews for another");
    }

    private static async Task Nobody_votes_twice(QueueTrial t)
    {
        await EnqueueAsync(t, "a", 2).ConfigureAwait(false);
        await VoteAsync(t, "a", "ann").ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.AlreadyVoted, Sample.Approve("a", "ann", needsLease: false)).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.AlreadyVoted, new AssignReview(Sample.Workflow, "a", "ann") { Actor = "lead" }).ConfigureAwait(false);
        await t.RefusedAsync(TransitionStatus.AlreadyVoted, new EscalateReview(Sample.Workflow, "a", "ann", null) { Actor = "bob" }).ConfigureAwait(false);
    }

    private static async Task Votes_that_differ_go_to_the_next_person_up(QueueTrial t)
    {
        await EnqueueAsync(t, "a", 3).ConfigureAwait(false);
        await VoteAsync(t, "a", "ann").ConfigureAwait(false);
        var differs = Sample.Reject("a", "bob", needsLease: false) with { Escalation = ["bob", "lead", "owner"], Deadline = TimeSpan.FromHours(1) };
        var contested = await t.AppliedAsync(differs).ConfigureAwait(false);
        Expect.That(contested is { State: DecisionState.Pending, IsContested: true, AssignedTo: "lead" }, "Votes that differ do not wait for the next person up.");
        Expect.Equal(t.Now.AddHours(1), contested.Due, "Due");
        Expect.Equal(0, (await t.ClaimReviewsAsync("eve").ConfigureAwait(false)).Count, "Reviews for somebody else");
        var claimed = await t.ClaimReviewAsync("lead").ConfigureAwait(false);
        var settled = await t.AppliedAsync(Sample.Reject("a", "lead"), claimed.Revision).ConfigureAwait(false);
        Expect.That(settled is { State: DecisionState.ActDue, Effect: Effect.Decline, WasRight: false }, "The next person up does not settle it alone.");
    }

    private static async Task Votes_keep_their_payload_until_it_is_erased(QueueTrial t)
    {
        await EnqueueAsync(t, "a", 2).ConfigureAwait(false);
        var corrected = new GiveVerdict(Sample.Workflow, "a", VerdictKind.Corrected, false) { Correction = "{\"refund\":9}"u8.ToArray(), CorrectionFingerprint = new string('9', 64), Comment = Sample.Secret };
        await t.AppliedAsync(corrected with { Actor = "ann" }).ConfigureAwait(false);
        var read = await t.GetAsync("a").ConfigureAwait(false);
        var said = Expect.Some(read.Payload, "The payload is gone.").Votes;
        Expect.That(said is [{ Reviewer: "ann", Comment: Sample.Secret, Correction: { } own }] && own.GetProperty("refund").GetInt32() == 9, "A vote does not keep what it said.");
        await t.AppliedAsync(new AddNote(Sample.Workflow, "a", Sample.Secret) { Actor = "bob" }).ConfigureAwait(false);
        await t.AppliedAsync(new WithdrawDecision(Sample.Workflow, "a", "cancelled")).ConfigureAwait(false);
        read = await t.GetAsync("a").ConfigureAwait(false);
        Expect.That(read.Payload is { Notes: [{ By: "bob", Text: Sample.Secret }], Votes.Count: 1 }, "A note is not kept beside the votes.");
        await t.AppliedAsync(new ErasePayload(Sample.Workflow, "a") { Actor = "privacy" }).ConfigureAwait(false);
        Expect.That((await t.GetAsync("a").ConfigureAwait(false)).Payload is null, "Erasing leaves votes and notes behind.");
        Expect.That((await t.StreamAsync("a").ConfigureAwait(false)).All(entry => !System.Text.Encoding.UTF8.GetString(JournalJson.Write(entry)).Contains("refund\":9", StringComparison.Ordinal)), "The journal holds what a vote said.");
    }

    private static async Task Of_many_votes_at_once_as_many_count_as_are_needed(QueueTrial t)
    {
        await EnqueueAsync(t, "a", 3).ConfigureAwait(false);
        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => t.ApplyAsync(Sample.Approve("a", $"reviewer-{i % 8}", needsLease: false))))).ConfigureAwait(false);
        Expect.Equal(3, results.Count(result => result.IsApplied), "Votes applied");
        Expect.Equal(3, (await t.GetAsync("a").ConfigureAwait(false)).Votes.Select(vote => vote.Reviewer).Distinct().Count(), "Reviewers who voted");
        await t.JournalExplainsEverythingAsync().ConfigureAwait(false);
    }

    private static Task<WorkItem> VoteAsync(QueueTrial t, DecisionId id, string reviewer) => t.AppliedAsync(Sample.Approve(id, reviewer, needsLease: false));

    private static async Task EnqueueAsync(QueueTrial t, DecisionId id, int reviewers)
    {
        var work = Sample.Review(id, t.Now);
        await t.EnqueueAsync(work with { Routed = work.Routed with { Reviewers = reviewers } }).ConfigureAwait(false);
    }
}
