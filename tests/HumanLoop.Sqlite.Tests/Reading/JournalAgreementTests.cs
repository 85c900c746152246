using FsCheck.Xunit;
using HumanLoop.Queueing;

namespace HumanLoop.Sqlite.Tests;

public sealed class JournalAgreementTests
{
    private static readonly string[] Reviewers = ["ann", "bob"];

    /// <summary>Whatever happens in whatever order, also with the store closed and opened between, the journal explains the facts.</summary>
    [Property(MaxTest = 40)]
    public void The_journal_explains_every_item(byte[] steps, bool audit)
    {
        ArgumentNullException.ThrowIfNull(steps);
        RunAsync(steps, audit).GetAwaiter().GetResult();
    }

    private static async Task RunAsync(byte[] steps, bool audit)
    {
        using var folder = new StoreFolder();
        var store = folder.Open();
        var clock = folder.Clock;
        var work = audit ? Work.Audit("a", clock.GetUtcNow().AddMinutes(5)) : Work.Review("a", due: clock.GetUtcNow().AddHours(1));
        var last = await store.EnqueueAsync(work);
        var applied = 1;
        foreach (var step in steps)
        {
            var reviewer = Reviewers[step / 20 % 2];
            Transition? transition = (step % 20) switch
            {
                0 => Work.Verdict("a", reviewer),
                1 => Work.Verdict("a", reviewer, VerdictKind.Rejected) with { Comment = "no", UndoWindow = TimeSpan.FromMinutes(1) },
                2 => Work.Verdict("a", reviewer, VerdictKind.Corrected) with { Correction = "{\"refund\":1}"u8.ToArray() },
                3 => new ReleaseReview("refund", "a") { Actor = reviewer },
                4 => new ExtendLease("refund", "a", TimeSpan.FromMinutes(3)) { Actor = reviewer },
                5 => new EscalateReview("refund", "a", "lead", clock.GetUtcNow().AddMinutes(2)) { Actor = reviewer },
                6 => new AssignReview("refund", "a", reviewer),
                7 => new PrioritiseReview("refund", "a", step),
                8 => new AbstainFromReview("refund", "a", "lead") { Actor = reviewer },
                9 => new UndoVerdict("refund", "a") { Actor = reviewer },
                10 => new WithdrawDecision("refund", "a", "mistake"),
                11 => new CompleteEffect("refund", "a", "key") { Actor = "process" },
                12 => new FailEffect("refund", "a", "Boom", "it broke", 1, step > 100 ? clock.GetUtcNow().AddMinutes(1) : null) { Actor = "process" },
                13 => new RetryDeadLetter("refund", "a"),
                14 => new RecordOutcome("refund", "a", step > 100, null, "bank", null),
                15 => new ErasePayload("refund", "a"),
                _ => null,
            };
            if (transition is not null)
            {
                var before = last;
                var result = await store.ApplyAsync(transition, null);
                applied += result.IsApplied ? 1 : 0;
                Assert.Equal(Work.Facts(result.IsApplied ? before.Apply(result.Entry!) : before), Work.Facts(result.Item!));
                last = result.Item!;
            }
            else if (step % 20 == 19)
            {
                await store.DisposeAsync();
                store = folder.Open();
            }
            else
            {
                clock.Advance(TimeSpan.FromSeconds(step));
                applied += step % 20 == 18
                    ? (await store.SweepAsync(Work.Sweep())).Entries.Count
                    : (await store.ClaimAsync(step % 20 == 17 ? Work.Claim(reviewer) : Work.Claim("process") with { Purpose = WorkPurpose.Act })).Count;
                last = (await store.GetAsync("refund", "a"))!;
            }
        }

        var story = await store.StreamAsync("a");
        var stored = (await store.GetAsync("refund", "a"))!;
        Assert.Equal(applied, story.Count);
        Assert.Equal(Enumerable.Range(1, applied).Select(version => (long)version), story.Select(entry => entry.Version));
        Assert.Equal(Work.Facts(WorkItem.Replay(story)), Work.Facts(stored));
        Assert.Equal(Work.Facts(last), Work.Facts(stored));
        Assert.Equal(stored.IsErased, stored.Payload is null);
    }
}
