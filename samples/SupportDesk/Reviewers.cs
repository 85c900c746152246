using System.Text.Json;
using HumanLoop;

namespace SupportDesk;

/// <summary>Simulated people: they know the truth, and need a while for it unless told not to.</summary>
internal static class Reviewers
{
    public static Task WorkAsync(IReviewDesk desk, Tally tally, bool instantly, CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(1, instantly ? 1 : 8).Select(n => WorkAsync(desk, tally, $"reviewer-{n}", instantly, new Random(n), stopping)));

    private static async Task WorkAsync(IReviewDesk desk, Tally tally, string name, bool instantly, Random pace, CancellationToken stopping)
    {
        // First what was on the desk when the process last ended.
        var mine = (await desk.ListAsync(new() { Holder = name, States = [ReviewState.Claimed], Limit = 1000 }, CancellationToken.None)).Reviews;
        while (!stopping.IsCancellationRequested)
        {
            var pause = mine.Count == 0 ? 20 : instantly ? 0 : pace.Next(500, 3000);
            await Task.Delay(pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAll(mine.Select(review => desk.DecideAsync(review.Id, review.Revision, Judge(review, tally.TruthOf(review.Id.DecisionId)), name, CancellationToken.None)));
            mine = await desk.ClaimAsync(new() { Limit = instantly ? 100 : 1 }, name, CancellationToken.None);
        }
    }

    private static Verdict Judge(Review review, string truth) =>
        truth is "oos" or "out_of_scope" ? new Verdict.Rejected { Reason = "no_label_fits" }
        : review.Proposal!.Value.GetProperty("intent").GetString() == truth ? new Verdict.Approved()
        : new Verdict.Corrected(JsonSerializer.SerializeToElement(new Reply(truth), JsonSerializerOptions.Web));
}
