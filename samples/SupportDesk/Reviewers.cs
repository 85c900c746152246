using System.Text.Json;
using HumanLoop;

namespace SupportDesk;

/// <summary>Simulated people: they know the truth, and need a while for it unless told not to.</summary>
internal static class Reviewers
{
    public static Task WorkAsync(IReviewDesk desk, Tally tally, bool instantly, CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(1, instantly ? 1 : 8).Select(n => WorkAsync(desk, tally, $"reviewer-{n}", instantly ? 100 : 1, instantly, new Random(n), stopping)));

    private static async Task WorkAsync(IReviewDesk desk, Tally tally, string name, int limit, bool instantly, Random random, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var claimed = await desk.ClaimAsync(new() { Limit = limit }, name, CancellationToken.None);
            if (!instantly || claimed.Count == 0)
            {
                await Task.Delay(claimed.Count == 0 ? 20 : random.Next(500, 3000), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await Task.WhenAll(claimed.Select(review => desk.DecideAsync(review.Id, review.Revision, Judge(review, tally.TruthOf(review.Id.DecisionId)), name, CancellationToken.None)));
        }
    }

    private static Verdict Judge(Review review, string truth) =>
        truth is "oos" or "out_of_scope" ? new Verdict.Rejected { Reason = "no_label_fits" }
        : review.Proposal!.Value.GetProperty("intent").GetString() == truth ? new Verdict.Approved()
        : new Verdict.Corrected(JsonSerializer.SerializeToElement(new Reply(truth), JsonSerializerOptions.Web));
}
