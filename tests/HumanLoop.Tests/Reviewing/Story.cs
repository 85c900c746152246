using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Tests.Reviewing;

/// <summary>One decision's life under a list of numbers, each of which asks for something: allowed or not, in time or too late.</summary>
internal sealed class Story
{
    private static readonly SweepPolicy Lenient = new() { Workflow = "w", WhenOverdue = WhenOverdue.Escalate, Escalation = ["lead", "owner"], MaxAttempts = 3 };
    private static readonly SweepPolicy Strict = Lenient with { WhenOverdue = WhenOverdue.Expire, IsIdempotent = false, PayloadRetention = TimeSpan.FromHours(1) };

    private DateTimeOffset _now = Routed(RouteKind.Review).At;

    private Story(DecisionRouted routed)
    {
        Item = WorkItem.Begin(routed, new() { Proposal = "{}"u8.ToArray(), Subject = "somebody" });
        Entries.Add(routed);
    }

    public WorkItem Item { get; private set; }

    public List<JournalEntry> Entries { get; } = [];

    public static DecisionRouted Routed(RouteKind kind, bool shadow = false, bool handled = true, int reviewers = 0) => new()
    {
        Workflow = "w",
        DecisionId = "d",
        Version = 1,
        At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero),
        Route = kind switch { RouteKind.Review => DecisionRoute.Review("below_threshold"), RouteKind.Audit => DecisionRoute.Audit, _ => DecisionRoute.StraightThrough },
        Confidence = 0.9,
        Threshold = new(0.8),
        Eligible = true,
        ReviewProbability = ReviewProbability.Always,
        LowestProbability = ReviewProbability.Always,
        Fingerprint = new('f', 64),
        Shadow = shadow,
        Handled = handled,
        Reviewers = reviewers,
        Blind = reviewers > 1,
        Due = kind == RouteKind.StraightThrough ? null : new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero),
        EvidenceDue = kind == RouteKind.StraightThrough ? null : new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero),
    };

    /// <summary>Lives through the steps; <paramref name="after"/> sees each change that was allowed.</summary>
    public static Story Live(DecisionRouted routed, IEnumerable<int> steps, Action<WorkItem, WorkItem, JournalEntry>? after = null)
    {
        var story = new Story(routed);
        foreach (var step in steps)
        {
            foreach (var result in story.Ask(Math.Abs((long)step)))
            {
                if (result.IsApplied)
                {
                    after?.Invoke(story.Item, result.Item!, result.Entry!);
                    story.Item = result.Item!;
                    story.Entries.Add(result.Entry!);
                }
            }
        }

        return story;
    }

    private IEnumerable<TransitionResult> Ask(long step)
    {
        var (what, how) = (step % 22, step / 22);
        _now += TimeSpan.FromMinutes(how % 7);
        var actor = (how / 7 % 3) switch { 0 => "ann", 1 => "bob", _ => Item.LeaseHolder ?? Item.AssignedTo ?? "eve" };
        long? revision = (how % 4) switch { 0 => Item.Revision, 1 => Item.Revision - 1, _ => null };
        switch (what)
        {
            case 0 or 1 or 2:
                yield return new ClaimRequest { Purpose = what == 0 ? WorkPurpose.Act : WorkPurpose.Review, Holder = actor, Max = 1, Lease = TimeSpan.FromMinutes(10) }.Take(Item, _now);
                break;
            case 3:
                _now += TimeSpan.FromMinutes(10 * (how % 12));
                break;
            case 4 or 5:
                var sweep = new SweepRequest([how % 2 == 0 ? Lenient : Strict]);
                while (sweep.Next(Item, _now) is { } next)
                {
                    yield return next;
                }

                if (sweep.ErasesPayload(Item, _now))
                {
                    yield return new ErasePayload("w", "d").ApplyTo(Item, null, _now);
                }

                break;
            default:
                yield return Transition(what, how, actor).ApplyTo(Item, revision, _now);
                break;
        }
    }

    private Transition Transition(long what, long how, string actor) => what switch
    {
        6 => new ReleaseReview("w", "d") { Actor = actor },
        7 => new ExtendLease("w", "d", TimeSpan.FromMinutes(10)) { Actor = actor },
        8 => new AbstainFromReview("w", "d", "lead") { Actor = actor },
        9 => new AssignReview("w", "d", how % 2 == 0 ? null : "bob") { Actor = "lead" },
        10 => new PrioritiseReview("w", "d", (int)(how % 5)) { Actor = "lead" },
        11 => new EscalateReview("w", "d", "lead", _now.AddHours(1)) { Actor = actor },
        12 => new UndoVerdict("w", "d") { Actor = actor },
        13 => new WithdrawDecision("w", "d", "cancelled") { SupersededBy = how % 2 == 0 ? default(DecisionId) : new("e") },
        14 => new FailEffect("w", "d", "Exception", "why", Item.Attempt, how % 2 == 0 ? null : _now) { Actor = actor },
        15 => how % 2 == 0 ? new QuestionEffect("w", "d", "why") { Actor = actor } : new ErasePayload("w", "d"),
        16 => how % 2 == 0 ? new RetryDeadLetter("w", "d") { Actor = "lead" } : new SettleDeadLetter("w", "d", null) { Actor = "lead" },
        17 => new RecordOutcome("w", "d", how % 2 == 0, null, null, null),
        18 => new CompleteEffect("w", "d", "key") { Actor = actor },
        20 => new AddNote("w", "d", "a note") { Actor = actor },
        21 => new EscalateReview("w", "d", actor, _now.AddHours(1)) { Actor = actor },
        _ => new GiveVerdict("w", "d", (VerdictKind)(how % 3), how % 2 == 0)
        {
            Actor = actor,
            NeedsLease = how % 5 > 0,
            UndoWindow = TimeSpan.FromMinutes(how % 3 * 5),
            Escalation = ["lead", "owner"],
            Deadline = TimeSpan.FromHours(1),
        },
    };
}
