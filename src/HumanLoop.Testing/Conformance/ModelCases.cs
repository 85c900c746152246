using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;

namespace HumanLoop.Testing.Conformance;

/// <summary>Long random stories, each step compared with the simplest queue that could be right.</summary>
internal static class ModelCases
{
    private const int Steps = 400;

    public static IEnumerable<Promise<QueueTrial>> All =>
        Enumerable.Range(1, 8).Select(seed => new Promise<QueueTrial>($"Any interleaving does what the rules say (seed {seed})", t => Any_interleaving_does_what_the_rules_say(t, seed)));

    private static async Task Any_interleaving_does_what_the_rules_say(QueueTrial t, int seed)
    {
        var random = new Random(seed);
        var model = new ModelQueue();
        for (var step = 0; step < Steps; step++)
        {
            try
            {
                await StepAsync(t, model, random).ConfigureAwait(false);
            }
            catch (ConformanceException broken)
            {
                throw new ConformanceException($"Step {step} of seed {seed}: {broken.Message}");
            }
        }

        Expect.Sequence(model.List(new()).Select(QueueTrial.Facts), (await t.ListAsync(new() { Limit = 37 }).ConfigureAwait(false)).Select(QueueTrial.Facts), "Everything at the end");
        await t.JournalExplainsEverythingAsync().ConfigureAwait(false);
    }

    private static async Task StepAsync(QueueTrial t, ModelQueue model, Random random)
    {
        switch (random.Next(10))
        {
            case 0 or 1:
                var work = NewWork(t, random);
                var recorded = (await t.Queue.EnqueueAsync([work], t.Cancellation).ConfigureAwait(false))[0];
                var wanted = model.Enqueue(work, recorded.Item?.Sequence ?? 0);
                Expect.Equal(wanted.Status, recorded.Status, $"EnqueueAsync of '{work.Routed.DecisionId}'");
                Compare(wanted.Item, recorded.Item, "EnqueueAsync");
                break;
            case 2 or 3:
                var claim = Claim(random);
                Expect.Sequence(
                    model.Claim(claim, t.Now).Select(QueueTrial.Facts),
                    (await t.ClaimAsync(claim).ConfigureAwait(false)).Select(QueueTrial.Facts),
                    $"ClaimAsync for {claim.Purpose} by {claim.Holder} of segment '{claim.Segment}'");
                break;
            case 4:
                t.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 15)));
                break;
            case 5:
                var policy = Policy(random);
                var expected = model.Sweep(policy, t.Now);
                var swept = await t.SweepAsync(policy, random.Next(1, 20)).ConfigureAwait(false);
                Expect.Sequence(
                    expected.OrderBy(entry => entry.DecisionId.Value, StringComparer.Ordinal).ThenBy(entry => entry.Version),
                    swept.Entries.OrderBy(entry => entry.DecisionId.Value, StringComparer.Ordinal).ThenBy(entry => entry.Version),
                    "SweepAsync");
                break;
            case 6:
                var list = List(random);
                Expect.Sequence(model.List(list).Select(QueueTrial.Facts), (await t.ListAsync(list).ConfigureAwait(false)).Select(QueueTrial.Facts), $"ListAsync by {list}");
                break;
            default:
                if (model.Any(random) is not { } item)
                {
                    break;
                }

                var transition = Transition(item, random);
                long? revision = random.Next(3) switch { 0 => null, 1 => item.Revision, _ => item.Revision - random.Next(2) };
                var (should, did) = (model.Apply(transition, revision, t.Now), await t.ApplyAsync(transition, revision).ConfigureAwait(false));
                Expect.Equal(should.Status, did.Status, $"{transition} at revision {revision} of {item.Revision}, state {item.State}");
                Expect.Equal(should.Entry, did.Entry, $"The entry of {transition}");
                Compare(should.Item, did.Item, $"The item after {transition}");
                break;
        }
    }

    private static void Compare(WorkItem? expected, WorkItem? actual, string what) =>
        Expect.Equal(expected is null ? null : QueueTrial.Facts(expected), actual is null ? null : QueueTrial.Facts(actual), what);

    private static NewWork NewWork(QueueTrial t, Random random)
    {
        DecisionId id = $"{random.Next(60)}";
        string? holder = random.Next(2) == 0 ? Sample.Process : null;
        DateTimeOffset? due = random.Next(2) == 0 ? t.Now.AddMinutes(random.Next(30)) : null;
        var work = random.Next(5) switch
        {
            0 => Sample.StraightThrough(id, t.Now, holder),
            1 => Sample.Audit(id, t.Now, holder, due),
            2 => Sample.Review(id, t.Now, due, handled: false, shadow: random.Next(2) == 0),
            _ => Sample.Review(id, t.Now, due, segment: random.Next(2) == 0 ? "gold" : null),
        };
        var routed = work.Routed with { Reviewers = random.Next(3) == 0 ? random.Next(2, 4) : 0, Requires = random.Next(4) == 0 ? "german" : null };
        return work with { Routed = routed, MaxPending = random.Next(3) == 0 ? 12 : null };
    }

    private static ClaimRequest Claim(Random random) => new()
    {
        Purpose = (WorkPurpose)random.Next(2),
        Holder = Person(random),
        Max = random.Next(1, 4),
        Lease = Sample.Lease,
        Segment = random.Next(4) == 0 ? "gold" : null,
        Workflows = random.Next(2) == 0 ? [] : [Sample.Workflow],
        Skills = random.Next(2) == 0 ? [] : ["german", "french"],
    };

    private static SweepPolicy Policy(Random random) => Sample.Policy() with
    {
        WhenOverdue = (WhenOverdue)random.Next(3),
        Escalation = random.Next(2) == 0 ? [] : ["lead", "owner"],
        Deadline = TimeSpan.FromMinutes(20),
        IsIdempotent = random.Next(4) > 0,
        MaxAttempts = 3,
        PayloadRetention = random.Next(2) == 0 ? null : TimeSpan.FromHours(1),
    };

    private static ListRequest List(Random random) => new()
    {
        States = random.Next(2) == 0 ? [] : [(DecisionState)random.Next(9), (DecisionState)random.Next(4)],
        Segment = random.Next(4) == 0 ? "gold" : null,
        Holder = random.Next(4) == 0 ? Person(random) : null,
        Limit = random.Next(1, 9),
    };

    private static Transition Transition(WorkItem item, Random random)
    {
        var (workflow, id) = (item.Workflow, item.DecisionId);
        var actor = random.Next(3) == 0 || item.LeaseHolder is null ? Person(random) : item.LeaseHolder;
        return random.Next(17) switch
        {
            0 => new ReleaseReview(workflow, id) { Actor = actor },
            1 => new ExtendLease(workflow, id, Sample.Lease) { Actor = actor },
            2 => new AbstainFromReview(workflow, id, "lead") { Actor = actor },
            3 => new AssignReview(workflow, id, random.Next(2) == 0 ? null : Person(random)) { Actor = "lead" },
            4 => new PrioritiseReview(workflow, id, random.Next(-2, 3)) { Actor = "lead" },
            5 => new EscalateReview(workflow, id, Person(random), null) { Actor = actor },
            6 => new UndoVerdict(workflow, id) { Actor = actor },
            7 => new WithdrawDecision(workflow, id, "cancelled") { SupersededBy = random.Next(2) == 0 ? default(DecisionId) : new("newer") },
            15 => new AddNote(workflow, id, "a note") { Actor = actor },
            8 => new FailEffect(workflow, id, "Exception", "why", item.Attempt, random.Next(2) == 0 ? null : item.ReadyAt.AddMinutes(20)) { Actor = actor },
            9 => new QuestionEffect(workflow, id, "why") { Actor = actor },
            10 => random.Next(2) == 0 ? new RetryDeadLetter(workflow, id) { Actor = "lead" } : new SettleDeadLetter(workflow, id, "by hand") { Actor = "lead" },
            11 => new RecordOutcome(workflow, id, random.Next(2) == 0, null, "world", null),
            12 => new ErasePayload(workflow, id) { Actor = "privacy" },
            13 or 14 => new GiveVerdict(workflow, id, (VerdictKind)random.Next(3), random.Next(2) == 0)
            {
                Actor = actor,
                NeedsLease = random.Next(2) == 0,
                UndoWindow = TimeSpan.FromMinutes(random.Next(3)),
                Escalation = ["lead", "owner"],
                Deadline = TimeSpan.FromMinutes(20),
            },
            _ => new CompleteEffect(workflow, id, $"{workflow}/{id}") { Actor = actor },
        };
    }

    private static string Person(Random random) => random.Next(4) switch { 0 => "ann", 1 => "bob", 2 => "eve", _ => Sample.Process };
}
