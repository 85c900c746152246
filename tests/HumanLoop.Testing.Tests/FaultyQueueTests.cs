using HumanLoop.Queueing;

namespace HumanLoop.Testing.Tests;

/// <summary>A suite that cannot fail proves nothing: every fault must turn the case red that guards against it.</summary>
public sealed class FaultyQueueTests
{
    private static readonly (Type Fault, string Promise)[] Guards =
    [
        (typeof(Faults.ForgetsTheLease), "A claimed review is given to nobody else"),
        (typeof(Faults.IgnoresTheRevision), "A verdict with a stale revision is refused by type"),
        (typeof(Faults.IgnoresTheRevision), "A zombie process changes nothing"),
        (typeof(Faults.IgnoresTheRevision), "A review claimed twice by one person fences the first window"),
        (typeof(Faults.GivesAnItemTwice), "Thirty two reviewers decide a thousand reviews and none twice"),
        (typeof(Faults.DropsAnEntry), "Every change is journaled without a gap and explains the item"),
        (typeof(Faults.IgnoresMaxPending), "Reviews beyond MaxPending are refused and leave no trace"),
        (typeof(Faults.IgnoresMaxPending), "MaxPending holds when many record at once"),
        (typeof(Faults.CountsNoActingAuditsAsPending), "Audits that still act take a place"),
        (typeof(Faults.ClaimsInTheOrderOfArrival), "Reviews are claimed by priority then due time then age"),
        (typeof(Faults.RecordsKnownIdsAgain), "An id that is known is not recorded again"),
        (typeof(Faults.RecordsKnownIdsAgain), "An id that many record at once is recorded once"),
        (typeof(Faults.TakesASecondVerdict), "A second verdict is refused by type"),
        (typeof(Faults.TakesASecondVerdict), "Of many verdicts at once one is applied"),
        (typeof(Faults.IgnoresTheSegment), "A claim of one segment gives no other"),
        (typeof(Faults.IgnoresTheWorkflow), "A claim of some workflows gives no other"),
        (typeof(Faults.IgnoresTheAssignee), "An assigned review is given to that person alone"),
        (typeof(Faults.IgnoresSkills), "A review is offered to those who have every skill it requires"),
        (typeof(Faults.LosesNotes), "Votes keep their payload until it is erased"),
        (typeof(Faults.TakesASecondVote), "Nobody votes twice"),
        (typeof(Faults.NeverSweeps), "A lease that runs out frees the review"),
        (typeof(Faults.NeverSweeps), "A crash between act and settle brings the same work again as attempt two"),
        (typeof(Faults.SweepsMoreThanAsked), "A sweep does no more than asked and says that there is more"),
        (typeof(Faults.RepeatsWhatMustNotBeRepeated), "An uncertain effect that must not be repeated goes to a person"),
        (typeof(Faults.KeepsErasedPayload), "Erasing removes the data and keeps the facts"),
        (typeof(Faults.RestartsTheStoryOfAForgottenId), "A forgotten id that is routed again continues its stream"),
        (typeof(Faults.PagesSkipOne), "Pages show every item once in order"),
        (typeof(Faults.PagesByOffset), "Pages neither skip nor repeat while others move"),
        (typeof(Faults.LosesTheCorrection), "A correction is kept beside the proposal"),
        (typeof(Faults.KeepsAnOutboxThoughItIsItsJournal), "A queue that is its journal keeps no outbox and any other keeps all in it"),
        (typeof(Faults.IgnoresTheRevision), "Any interleaving does what the rules say (seed 1)"),
        (typeof(Faults.IgnoresTheSegment), "Any interleaving does what the rules say (seed 2)"),
        (typeof(Faults.ClaimsInTheOrderOfArrival), "Any interleaving does what the rules say (seed 3)"),
    ];

    public static IEnumerable<object[]> Rows => Guards.Select(guard => new object[] { guard.Fault.Name, guard.Promise });

    [Theory, MemberData(nameof(Rows))]
    public async Task A_fault_turns_its_guard_red(string fault, string promise)
    {
        var type = Guards.First(guard => guard.Fault.Name == fault).Fault;
        var cases = ReviewQueueConformance.Cases(clock => new((IReviewQueue)Activator.CreateInstance(type, clock)!));
        var guard = Assert.Single(cases, each => each.Name == promise);
        await Assert.ThrowsAsync<ConformanceException>(() => guard.RunAsync());
    }

    [Fact]
    public async Task Without_a_fault_the_same_queue_passes()
    {
        foreach (var each in ReviewQueueConformance.Cases(clock => new(new FaultyQueue(clock))))
        {
            await each.RunAsync();
        }
    }

    [Fact]
    public void Every_fault_has_a_guard() =>
        Assert.Equal(typeof(Faults).GetNestedTypes().OrderBy(type => type.Name), Guards.Select(guard => guard.Fault).Distinct().OrderBy(type => type.Name));
}
