using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Tests.Reviewing;

namespace HumanLoop.Tests.Queueing;

/// <summary>What the core offers to the author of a store.</summary>
public class StoreHelperTests
{
    private static readonly WorkItem Item = WorkItem.Begin(Story.Routed(RouteKind.Review), new() { Proposal = "{}"u8.ToArray() }) with { Sequence = 5 };

    [Fact]
    public void Positions_ascend_from_the_most_urgent_item_on()
    {
        var due = Item.Routed.At;
        WorkItem[] mostUrgentFirst =
        [
            Item with { Priority = 2, Due = null },
            Item with { Priority = 1, Due = due },
            Item with { Priority = 1, Due = due.AddTicks(1) },
            Item with { Priority = 1, Due = due.AddTicks(1), Sequence = 6 },
            Item with { Priority = 1, Due = null },
            Item with { Priority = -1, Due = due },
        ];

        Assert.Equal(mostUrgentFirst, mostUrgentFirst.Reverse().OrderBy(QueuePosition.Of));
        Assert.All(mostUrgentFirst, item => Assert.True(QueuePosition.First < QueuePosition.Of(item)));
    }

    [Fact]
    public void A_cursor_leads_back_to_its_position()
    {
        var position = QueuePosition.Of(Item with { Priority = 3, Due = null });

        Assert.Equal((-3L, long.MaxValue, 5L), (position.Rank, position.Due, position.Sequence));
        Assert.Equal(position, QueuePosition.Parse(position.ToString()));
        Assert.Equal(QueuePosition.First, QueuePosition.Parse(null));
        Assert.All(["", "1_2", "1_2_x", "1_2_3_4"], cursor => Assert.Throws<ArgumentException>(() => QueuePosition.Parse(cursor)));
    }

    [Fact]
    public void A_lane_says_who_may_claim_an_item()
    {
        var skilled = Item with { Routed = Item.Routed with { Requires = "fraud german" } };

        Assert.Equal(ClaimLane.Free, ClaimLane.Of(Item));
        Assert.Equal("ann", ClaimLane.Of(skilled with { AssignedTo = "ann" }));
        Assert.Equal(ClaimLane.Barred, ClaimLane.Of(Item with { Abstained = ["ann"] }));
        Assert.Equal(ClaimLane.Free, ClaimLane.Of(Item with { State = DecisionState.ActDue, AssignedTo = "ann", Abstained = ["ann"] }));
        var lane = ClaimLane.Of(skilled);
        Assert.InRange(lane, ClaimLane.SkillsFrom, ClaimLane.SkillsTo);
        Assert.True(ClaimLane.Admits(lane, ["german", "law", "fraud"]));
        Assert.False(ClaimLane.Admits(lane, ["german"]));
    }

    [Fact]
    public void A_measure_adds_up_what_is_counted_by_state()
    {
        var (early, late) = (Item.Routed.At, Item.Routed.At.AddDays(1));
        var measure = new QueueMeasure { Workflow = "w" }
            .Add(DecisionState.Pending, 3, 1, late).Add(DecisionState.Claimed, 2, 2, early).Add(DecisionState.Decided, 9, 9, early.AddDays(-1))
            .Add(DecisionState.ActDue, 4, 0, early).Add(DecisionState.Acting, 1, 0, early).Add(DecisionState.DeadLetter, 6, 0, early).Add(DecisionState.Settled, 9, 9, early);

        Assert.Equal(new() { Workflow = "w", AwaitingVerdict = 5, Claimed = 2, Overdue = 3, OldestReady = early, Acting = 5, DeadLetters = 6 }, measure);
    }

    [Fact]
    public void Requests_that_no_store_can_answer_are_refused()
    {
        Assert.All([0, 1_001], limit => Assert.Throws<ArgumentOutOfRangeException>(() => new ListRequest { Limit = limit }.Validate()));
        Assert.Throws<ArgumentException>(() => StateWrite.Validate([new("", "", "{}", 0)]));
        Assert.Throws<ArgumentNullException>(() => StateWrite.Validate([new("", "switch", null!, 0)]));
        StateWrite.Validate([new("", "switch", "{}", 0)]);
    }
}
