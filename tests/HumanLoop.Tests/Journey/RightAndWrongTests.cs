using System.Text.Json;
using HumanLoop.Journaling;

namespace HumanLoop.Tests.Journey;

/// <summary>The table of the design: what happened, and what the AI was.</summary>
public class RightAndWrongTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    public async Task Approved_is_right(double confidence) => Assert.True(await AfterAsync(new Verdict.Approved(), confidence));

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    public async Task Corrected_is_wrong_by_any_difference_of_the_values(double confidence)
    {
        Assert.False(await AfterAsync(Corrected("{\"customer\":\"Ada\",\"amount\":21}"), confidence));
        Assert.True(await AfterAsync(Corrected("{ \"amount\": 20, \"customer\": \"Ada\" }"), confidence));
    }

    [Fact]
    public async Task Corrected_is_wrong_if_CountAsErrorWhen_says_so_and_the_proposal_comes_first()
    {
        var counts = (Action<WorkflowBuilder<Refund>>)(refund => refund.CountAsErrorWhen((proposed, right) => right.Amount > proposed.Amount));

        Assert.False(await AfterAsync(Corrected("{\"customer\":\"Ada\",\"amount\":21}"), workflow: counts));
        Assert.True(await AfterAsync(Corrected("{\"customer\":\"Bob\",\"amount\":19}"), workflow: counts));
    }

    [Fact]
    public async Task A_comparison_that_throws_loses_no_verdict_and_counts_as_wrong() =>
        Assert.False(await AfterAsync(Corrected("{\"customer\":\"Ada\",\"amount\":21}"), workflow: refund => refund.CountAsErrorWhen((_, _) => throw new InvalidOperationException())));

    [Fact]
    public async Task Corrected_in_wording_only_is_right() => Assert.True(await AfterAsync(Corrected("{\"customer\":\"Ada\",\"amount\":21}") with { WordingOnly = true }));

    [Fact]
    public async Task Rejected_is_wrong_unless_the_reviewer_or_the_reason_code_says_that_the_case_was_not_right()
    {
        Assert.False(await AfterAsync(new Verdict.Rejected()));
        Assert.False(await AfterAsync(new Verdict.Rejected { Reason = "too_much" }));
        Assert.True(await AfterAsync(new Verdict.Rejected { ProposalWasRight = true }));
        Assert.True(await AfterAsync(new Verdict.Rejected { Reason = "duplicate" }));
    }

    [Fact]
    public async Task Abstained_is_nothing_yet_goes_to_another_reviewer_and_then_escalates()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Review:EscalateTo:0", "lead")));
        await loop.RouteAsync("r-1", 0.1);
        var first = Assert.Single(await loop.Desk.ClaimAsync(new(), "ana"));
        await loop.Desk.DecideAsync(first.Id, first.Revision, new Verdict.Abstained(), "ana");
        Assert.Null((await loop.ItemAsync("r-1")).WasRight);
        Assert.Empty(await loop.Desk.ClaimAsync(new(), "ana"));

        var second = Assert.Single(await loop.Desk.ClaimAsync(new(), "bob"));
        await loop.Desk.AbstainAsync(second.Id, second.Revision, "bob");

        Assert.Empty(await loop.Desk.ClaimAsync(new(), "carol"));
        Assert.Single(await loop.Desk.ClaimAsync(new(), "lead"));
        Assert.Empty((await loop.JournalAsync("r-1")).OfType<VerdictGiven>());
    }

    [Fact]
    public async Task Withdrawn_is_unknown_until_an_outcome_says()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-1", 0.1);
        await loop.Router.WithdrawAsync("r-1", "x");
        Assert.Null((await loop.ItemAsync("r-1")).WasRight);
        Assert.Contains(await loop.JournalAsync("r-1"), entry => entry is DecisionWithdrawn);

        Assert.Equal(OutcomeResult.Evidence, await loop.Router.RecordOutcomeAsync("r-1", new(true)));
        Assert.True((await loop.ItemAsync("r-1")).WasRight);
    }

    [Fact]
    public async Task Unanswered_past_the_evidence_deadline_counts_as_wrong_until_it_is_answered()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Threshold:EvidenceDeadline", "2.00:00:00")));
        await loop.StartAsync();
        await loop.RouteAsync("r-1", 0.1);
        await loop.RouteAsync("unscored", null);

        await loop.UntilAsync(async () => (await loop.ItemAsync("r-1")).IsEvidenceOverdue, TimeSpan.FromHours(1));

        var overdue = Assert.Single((await loop.JournalAsync()).OfType<EvidenceOverdue>());
        Assert.Equal("r-1", overdue.DecisionId.Value);
        await loop.DecideAsync("r-1", new Verdict.Approved());
        Assert.Equal((true, false), ((await loop.ItemAsync("r-1")).WasRight, (await loop.ItemAsync("r-1")).IsEvidenceOverdue));
    }

    [Fact]
    public async Task An_outcome_or_a_truth_replaces_the_verdict_of_a_decision_that_was_drawn()
    {
        await using var loop = new TestLoop(settings: TestLoop.Settings(("Threshold:AuditBudget", "1")));
        foreach (var (id, confidence) in new[] { ("reviewed", 0.1), ("audited", 1.0) })
        {
            await loop.RouteAsync(id, confidence);
            await loop.DecideAsync(id, new Verdict.Approved());

            Assert.Equal(OutcomeResult.Evidence, await loop.Router.RecordOutcomeAsync(id, new(false) { ReportedBy = "chargeback" }));
            Assert.False((await loop.ItemAsync(id)).WasRight);
            Assert.Equal(OutcomeResult.Evidence, await loop.Router.RecordTruthAsync(id, new("Ada", 20)));
            Assert.True((await loop.ItemAsync(id)).WasRight);
            Assert.Equal(OutcomeResult.Evidence, await loop.Router.RecordTruthAsync(id, new("Ada", 21)));
            Assert.False((await loop.ItemAsync(id)).WasRight);
        }
    }

    [Fact]
    public async Task An_outcome_that_came_first_is_not_replaced_by_a_verdict()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-1", 0.1);
        await loop.Router.RecordOutcomeAsync("r-1", new(false));

        await loop.DecideAsync("r-1", new Verdict.Approved());

        Assert.False((await loop.ItemAsync("r-1")).WasRight);
    }

    [Fact]
    public async Task An_outcome_of_a_decision_that_nobody_drew_is_journaled_and_shown_and_never_evidence()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-1");

        Assert.Equal(OutcomeResult.Shown, await loop.Router.RecordOutcomeAsync("r-1", new(false) { ReportedBy = "complaint", ObservedAt = new DateTimeOffset(2026, 1, 4, 0, 0, 0, TimeSpan.Zero) }));
        Assert.Equal(OutcomeResult.Shown, await loop.Router.RecordTruthAsync("r-1", new("Ada", 1)));

        Assert.Null((await loop.ItemAsync("r-1")).WasRight);
        var entries = (await loop.JournalAsync("r-1")).OfType<OutcomeRecorded>().ToArray();
        Assert.Equal([false, false], entries.Select(entry => entry.IsEvidence));
        Assert.Equal(("complaint", 4), (entries[0].ReportedBy, entries[0].ObservedAt.Day));
        Assert.Equal((null, 64), (entries[0].TruthFingerprint, entries[1].TruthFingerprint!.Length));
    }

    [Fact]
    public async Task A_program_that_knows_no_type_reports_outcomes_at_the_desk()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-1");

        Assert.Equal(OutcomeResult.Shown, await loop.Desk.RecordOutcomeAsync(new("refund", "r-1"), new(false) { ReportedBy = "chargebacks" }, "shop"));
        Assert.Equal(OutcomeResult.UnknownDecision, await loop.Desk.RecordOutcomeAsync(new("refund", "r-2"), new(false), "shop"));
        await Assert.ThrowsAsync<ArgumentException>(() => loop.Desk.RecordOutcomeAsync(new("refund", "r-1"), new(false) { ReportedBy = new('x', 201) }, "shop"));

        var entry = Assert.Single((await loop.JournalAsync("r-1")).OfType<OutcomeRecorded>());
        Assert.Equal(("shop", "chargebacks", false), (entry.Actor, entry.ReportedBy, entry.WasRight));
    }

    [Fact]
    public async Task An_outcome_of_an_unknown_decision_is_told_and_not_recorded()
    {
        await using var loop = new TestLoop();

        Assert.Equal(OutcomeResult.UnknownDecision, await loop.Router.RecordOutcomeAsync("r-1", new(true)));
        Assert.Equal(OutcomeResult.UnknownDecision, await loop.Router.RecordTruthAsync("r-1", new("Ada", 1)));
        Assert.Empty((await loop.JournalAsync()).OfType<OutcomeRecorded>());
    }

    [Fact]
    public async Task A_correction_that_is_no_proposal_is_refused_with_the_reason_and_changes_nothing()
    {
        await using var loop = new TestLoop();
        await loop.RouteAsync("r-1", 0.1);
        foreach (var json in new[] { "\"twenty\"", "null", "{\"customer\":\"Ada\",\"amount\":\"much\"}", "[]" })
        {
            var refused = await loop.DecideAsync("r-1", Corrected(json));
            Assert.Equal(TransitionStatus.InvalidProposal, refused.Status);
            Assert.NotEmpty(refused.Problem!);
        }

        Assert.Equal(TransitionStatus.InvalidProposal, (await loop.DecideAsync("r-1", new Verdict.Corrected(default))).Status);
        Assert.Equal(DecisionState.Pending, (await loop.ItemAsync("r-1")).State);
    }

    [Fact]
    public async Task A_correction_that_the_workflow_refuses_is_answered_with_its_words_and_changes_nothing()
    {
        await using var loop = new TestLoop(refund => refund.RefuseCorrectionWhen((proposed, corrected) => corrected.Amount > 500 ? $"{corrected.Amount} instead of {proposed.Amount} needs a manager." : null));
        await loop.RouteAsync("r-1", 0.1);

        var refused = await loop.DecideAsync("r-1", Corrected("{\"customer\":\"Ada\",\"amount\":501}"));

        Assert.Equal(TransitionStatus.InvalidProposal, refused.Status);
        Assert.Matches("^501 instead of [0-9]+ needs a manager.$", refused.Problem);
        Assert.Equal(DecisionState.Pending, (await loop.ItemAsync("r-1")).State);
        Assert.True((await loop.DecideAsync("r-1", Corrected("{\"customer\":\"Ada\",\"amount\":500}"))).IsApplied);
    }

    [Fact]
    public async Task A_correction_that_cannot_be_checked_is_refused_and_logged_without_the_exceptions_text()
    {
        const string secret = "S3CRET";
        await using var loop = new TestLoop(refund => refund.RefuseCorrectionWhen((_, _) => throw new InvalidOperationException(secret)));
        await loop.RouteAsync("r-1", 0.1);

        var refused = await loop.DecideAsync("r-1", Corrected("{\"customer\":\"Ada\",\"amount\":5}"));

        Assert.Equal(TransitionStatus.InvalidProposal, refused.Status);
        Assert.Equal("It could not be checked.", refused.Problem);
        Assert.Contains(15, loop.Log.Ids);
        Assert.DoesNotContain(loop.Log.Lines, line => line.Everything.Contains(secret, StringComparison.Ordinal));
    }

    private static Verdict.Corrected Corrected(string json) => new(JsonDocument.Parse(json).RootElement);

    private static async Task<bool?> AfterAsync(Verdict verdict, double confidence = 0.1, Action<WorkflowBuilder<Refund>>? workflow = null)
    {
        await using var loop = new TestLoop(workflow, TestLoop.Settings(("Threshold:AuditBudget", "1"), ("Review:ReasonsProposalWasRight:0", "duplicate")));
        await loop.RouteAsync("r-1", confidence);
        Assert.True((await loop.DecideAsync("r-1", verdict)).IsApplied);
        var item = await loop.ItemAsync("r-1");
        Assert.Equal(item.WasRight, Assert.Single((await loop.JournalAsync("r-1")).OfType<VerdictGiven>()).Verdict.WasRight);
        return item.WasRight;
    }
}
