using System.Text.Json;
using HumanLoop;
using HumanLoop.Testing;

namespace SupportDesk;

/// <summary>Simulated people: they know the truth at once.</summary>
internal static class Reviewers
{
    public static Task WorkAsync(IReviewDesk desk, Tally tally, CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(1, 32).Select(n =>
            new SimulatedReviewer(desk, $"reviewer-{n}", review => Judge(review, tally.TruthOf(review.Id.DecisionId)), TimeProvider.System, n)
            {
                Claim = new() { Limit = 20 },
                HandlingTime = TimeSpan.Zero,
                Pause = TimeSpan.FromMilliseconds(50),
            }.RunAsync(stopping)));

    private static Verdict Judge(Review review, string truth) =>
        truth is "oos" or "out_of_scope" ? new Verdict.Rejected { Reason = "no_label_fits" }
        : review.Proposal!.Value.GetProperty("intent").GetString() == truth ? new Verdict.Approved()
        : new Verdict.Corrected(JsonSerializer.SerializeToElement(new Reply(truth), JsonSerializerOptions.Web));
}
