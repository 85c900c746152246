using HumanLoop.Queueing;
using HumanLoop.Testing.Promises;
using HumanLoop.Testing.Trials;
using static HumanLoop.Testing.Promises.Promise<HumanLoop.Testing.Trials.QueueTrial>;

namespace HumanLoop.Testing.Conformance;

/// <summary>Reviews that not everybody can do.</summary>
internal static class SkillCases
{
    public static IEnumerable<Promise<QueueTrial>> All =>
    [
        Of(A_review_is_offered_to_those_who_have_every_skill_it_requires),
        Of(Work_for_other_skills_does_not_hide_the_rest_of_the_queue),
        Of(The_most_urgent_comes_first_whatever_skill_it_requires),
        Of(Assigning_overrides_skills_and_freeing_brings_them_back),
    ];

    private static async Task A_review_is_offered_to_those_who_have_every_skill_it_requires(QueueTrial t)
    {
        await EnqueueAsync(t, "a", "fraud german").ConfigureAwait(false);
        Expect.Sequence([], await ClaimAsync(t).ConfigureAwait(false), "For nobody's skills");
        Expect.Sequence([], await ClaimAsync(t, "german").ConfigureAwait(false), "For one of two");
        Expect.Sequence([], await ClaimAsync(t, "german", "frau", "d").ConfigureAwait(false), "For parts of them");
        Expect.Sequence(["a"], await ClaimAsync(t, "vip", "german", "fraud").ConfigureAwait(false), "For both and more");
    }

    private static async Task Work_for_other_skills_does_not_hide_the_rest_of_the_queue(QueueTrial t)
    {
        for (var i = 0; i < 60; i++)
        {
            await EnqueueAsync(t, $"{i}", i % 2 == 0 ? "german" : "french").ConfigureAwait(false);
        }

        await t.EnqueueReviewAsync("plain").ConfigureAwait(false);
        Expect.Sequence(["plain"], await ClaimAsync(t).ConfigureAwait(false), "For nobody's skills");
        Expect.Sequence(["1"], await ClaimAsync(t, "french").ConfigureAwait(false), "For the second's skill");
    }

    private static async Task The_most_urgent_comes_first_whatever_skill_it_requires(QueueTrial t)
    {
        var at = t.Now;
        foreach (var (id, minutes, requires) in new[] { ("a", 30, "german"), ("b", 10, null), ("c", 20, "fraud"), ("d", 5, "french"), ("e", 40, (string?)null) })
        {
            await EnqueueAsync(t, id, requires, at.AddMinutes(minutes)).ConfigureAwait(false);
        }

        var claimed = await t.ClaimAsync(Request(5, "german", "fraud")).ConfigureAwait(false);
        Expect.Sequence(["b", "c", "a", "e"], claimed.Select(item => item.DecisionId.Value), "In the order of their deadlines");
    }

    private static async Task Assigning_overrides_skills_and_freeing_brings_them_back(QueueTrial t)
    {
        await EnqueueAsync(t, "a", "german").ConfigureAwait(false);
        await t.AppliedAsync(new AssignReview(Sample.Workflow, "a", "ann") { Actor = "lead" }).ConfigureAwait(false);
        Expect.Equal(0, (await t.ClaimAsync(Request(1, "german") with { Holder = "bob" }).ConfigureAwait(false)).Count, "Reviews for another with the skill");
        var claimed = await t.ClaimReviewAsync("ann").ConfigureAwait(false);
        await t.AppliedAsync(new ReleaseReview(Sample.Workflow, "a") { Actor = "ann" }, claimed.Revision).ConfigureAwait(false);
        await t.AppliedAsync(new AssignReview(Sample.Workflow, "a", null) { Actor = "lead" }).ConfigureAwait(false);
        Expect.Sequence([], await ClaimAsync(t).ConfigureAwait(false), "Once free again, for nobody's skills");
        Expect.Sequence(["a"], await ClaimAsync(t, "german").ConfigureAwait(false), "For the skill");
    }

    private static async Task<IEnumerable<string>> ClaimAsync(QueueTrial t, params string[] skills) =>
        (await t.ClaimAsync(Request(1, skills)).ConfigureAwait(false)).Select(item => item.DecisionId.Value);

    private static ClaimRequest Request(int max, params string[] skills) =>
        new() { Purpose = WorkPurpose.Review, Holder = "ann", Max = max, Lease = Sample.Lease, Skills = skills };

    private static async Task EnqueueAsync(QueueTrial t, DecisionId id, string? requires, DateTimeOffset? due = null)
    {
        var work = Sample.Review(id, t.Now, due);
        await t.EnqueueAsync(work with { Routed = work.Routed with { Requires = requires } }).ConfigureAwait(false);
    }
}
