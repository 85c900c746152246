using System.Text.Json;
using HumanLoop.Journaling;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Reviewing;

/// <summary>Several people must find the same.</summary>
public sealed class SeveralReviewersTests
{
    [Fact]
    public async Task Two_who_agree_settle_a_review_and_only_then_see_each_others_votes()
    {
        await using var loop = Two();
        await loop.RouteAsync("q-1", 0.1);
        var first = (await loop.DecideAsync("q-1", new Verdict.Approved { Comment = "looks fine" })).Review!;
        Assert.Equal((DecisionState.Pending, 1, 2), (first.State, first.VoteCount, first.Reviewers));
        Assert.Empty(first.Votes);
        Assert.Null(first.Verdict);
        Assert.Null((await loop.ItemAsync("q-1")).WasRight);
        Assert.Empty(await loop.Desk.ClaimAsync(new(), "ana"));
        Assert.Equal(TransitionStatus.AlreadyVoted, (await loop.DecideAsync("q-1", new Verdict.Approved())).Status);

        var second = Assert.Single(await loop.Desk.ClaimAsync(new(), "bob"));
        var settled = (await loop.Desk.DecideAsync(second.Id, second.Revision, new Verdict.Approved { Comment = "yes" }, "bob")).Review!;
        Assert.Equal(DecisionState.ActDue, settled.State);
        Assert.Equal([("ana", "looks fine"), ("bob", "yes")], settled.Votes.Select(vote => (vote.Reviewer, vote.Comment!)));
        Assert.Equal("bob", settled.Verdict!.Reviewer);
        await loop.StartAsync();
        await loop.UntilSettledAsync("q-1");
        Assert.Single(loop.Handler.Calls);
    }

    [Fact]
    public async Task Corrections_agree_by_their_values()
    {
        await using var loop = Two();
        await loop.RouteAsync("q-1", 0.1);
        await loop.DecideAsync("q-1", Corrected("""{"customer":"Ada","amount":21}"""));
        var settled = await loop.DecideAsync("q-1", Corrected("""{ "amount": 21, "customer": "Ada" }"""), "bob");
        Assert.Equal(DecisionState.ActDue, settled.Review!.State);
        Assert.All(settled.Review.Votes, vote => Assert.Equal(21, Assert.IsType<Verdict.Corrected>(vote).Proposal.GetProperty("amount").GetInt32()));
    }

    [Fact]
    public async Task Two_who_differ_go_to_the_next_person_up_who_decides_alone()
    {
        await using var loop = Two(("Review:EscalateTo:0", "bob"), ("Review:EscalateTo:1", "lead"));
        await loop.RouteAsync("q-1", 0.1);
        await loop.DecideAsync("q-1", new Verdict.Approved());
        loop.Clock.Advance(TimeSpan.FromHours(1));
        var differs = (await loop.DecideAsync("q-1", new Verdict.Rejected(), "bob")).Review!;
        Assert.Equal((true, "lead", DecisionState.Pending), (differs.IsContested, differs.AssignedTo, differs.State));
        Assert.Equal(loop.Clock.GetUtcNow().AddHours(4), differs.Due);
        Assert.Empty(differs.Votes);
        Assert.Null((await loop.ItemAsync("q-1")).WasRight);

        Assert.Equal(TransitionStatus.AlreadyVoted, (await loop.Desk.AssignAsync(differs.Id, "ana", "lead")).Status);
        Assert.Equal(TransitionStatus.AlreadyVoted, (await loop.DecideAsync("q-1", new Verdict.Approved(), "bob")).Status);
        var claimed = Assert.Single(await loop.Desk.ClaimAsync(new(), "lead"));
        var settled = (await loop.Desk.DecideAsync(claimed.Id, claimed.Revision, new Verdict.Rejected(), "lead")).Review!;
        Assert.Equal((DecisionState.ActDue, Effect.Decline, 3), (settled.State, settled.Effect, settled.Votes.Count));
        Assert.False((await loop.ItemAsync("q-1")).WasRight);
    }

    [Fact]
    public async Task Where_everybody_up_the_line_has_voted_anybody_else_decides()
    {
        await using var loop = Two();
        await loop.RouteAsync("q-1", 0.1);
        await loop.DecideAsync("q-1", new Verdict.Approved(), "ops-lead@example.com");
        var differs = (await loop.DecideAsync("q-1", new Verdict.Rejected(), "bob")).Review!;
        Assert.Null(differs.AssignedTo);
        Assert.Empty(await loop.Desk.ClaimAsync(new(), "bob"));
        var claimed = Assert.Single(await loop.Desk.ClaimAsync(new(), "eve"));
        Assert.True((await loop.Desk.DecideAsync(claimed.Id, claimed.Revision, new Verdict.Approved(), "eve")).IsApplied);
        Assert.True((await loop.ItemAsync("q-1")).WasRight);
    }

    [Fact]
    public async Task A_settling_vote_that_is_taken_back_leaves_the_others_and_stays_hidden()
    {
        await using var loop = Two(("Review:UndoWindow", "00:05:00"));
        await loop.RouteAsync("q-1", 0.1);
        await loop.DecideAsync("q-1", Corrected("""{"customer":"Ada","amount":21}"""));
        var decided = (await loop.DecideAsync("q-1", Corrected("""{"customer":"Ada","amount":21}"""), "bob")).Review!;
        Assert.Equal(DecisionState.Decided, decided.State);
        Assert.Empty(decided.Votes);
        var undone = (await loop.Desk.UndoAsync(decided.Id, decided.Revision, "bob")).Review!;
        Assert.Equal((DecisionState.Pending, 1), (undone.State, undone.VoteCount));
        Assert.Null(undone.Correction);
        Assert.True((await loop.DecideAsync("q-1", Corrected("""{"customer":"Ada","amount":21}"""), "bob")).IsApplied);
    }

    [Fact]
    public async Task A_vote_from_outside_leaves_the_lease_of_who_is_at_it()
    {
        await using var loop = Two();
        await loop.RouteAsync("q-1", 0.1);
        var held = Assert.Single(await loop.Desk.ClaimAsync(new(), "ana"));
        var voted = (await loop.DecideAsync("q-1", new Verdict.Approved(), "bob")).Review!;
        Assert.Equal((DecisionState.Claimed, "ana", held.Revision + 1), (voted.State, voted.Lease!.Holder, voted.Revision));
        Assert.Equal(TransitionStatus.StaleRevision, (await loop.Desk.DecideAsync(held.Id, held.Revision, new Verdict.Approved(), "ana")).Status);
        Assert.True((await loop.Desk.DecideAsync(held.Id, voted.Revision, new Verdict.Approved(), "ana")).IsApplied);
    }

    [Fact]
    public async Task Votes_are_no_evidence_and_the_journal_tells_them()
    {
        await using var loop = Two();
        await loop.RouteAsync("q-1", 0.1);
        await loop.DecideAsync("q-1", new Verdict.Approved());
        await loop.DecideAsync("q-1", new Verdict.Approved(), "bob");
        var journal = await loop.JournalAsync("q-1");
        Assert.Equal(["ana"], journal.OfType<VoteGiven>().Select(vote => vote.Verdict.Reviewer));
        Assert.Equal(["bob"], journal.OfType<VerdictGiven>().Select(verdict => verdict.Verdict.Reviewer));
    }

    private static Verdict.Corrected Corrected(string json) => new Verdict.Corrected(JsonSerializer.Deserialize<JsonElement>(json));

    private static TestLoop Two(params (string Key, string? Value)[] settings) => new(settings: TestLoop.Settings([("Review:Reviewers", "2"), .. settings]));
}
