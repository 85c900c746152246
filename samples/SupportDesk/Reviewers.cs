using System.Text.Json;
using HumanLoop;
using HumanLoop.Testing;

namespace SupportDesk;

/// <summary>Simulated people: they know the truth, and need a while for it unless told not to.</summary>
internal static class Reviewers
{
    public static Task WorkAsync(IReviewDesk desk, Tally tally, bool instantly, CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(1, instantly ? 32 : 8).Select(n =>
            new SimulatedReviewer(desk, $"reviewer-{n}", review => Judge(review, tally.TruthOf(review.Id.DecisionId)), TimeProvider.System, n)
            {
                Claim = new() { Limit = instantly ? 20 : 1 },
                HandlingTime = instantly ? TimeSpan.Zero : TimeSpan.FromSeconds(1.5),
                Pause = TimeSpan.FromMilliseconds(50),
            }.RunAsync(stopping)));

    private static Verdict Judge(Review review, string truth) =>
        truth is "oos" or "out_of_scope" ? new Verdict.Rejected { Reason = "no_label_fits" }
        : review.Proposal!.Value.GetProperty("intent").GetString() == truth ? new Verdict.Approved()
        : new Verdict.Corrected(JsonSerializer.SerializeToElement(new Reply(truth), JsonSerializerOptions.Web));
}
