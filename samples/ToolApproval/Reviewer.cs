using System.Text.Json;
using HumanLoop;

namespace ToolApproval;

/// <summary>A person who reads what the model wants and what the customer wrote.</summary>
internal static class Reviewer
{
    public static async Task DecideAsync(IReviewDesk desk, ReviewId id)
    {
        var review = (await desk.GetAsync(id))!;
        Console.WriteLine($"Reviewer  reads \"{review.Briefing}\"");
        if (review.Reason == "large_amount")
        {
            Console.WriteLine("   rejects the call: not_without_receipt");
            await desk.DecideAsync(id, new Verdict.Rejected { Reason = "not_without_receipt" }, "ann@example.com");
            return;
        }

        // A slip of the hand first: what does not fit the tool's schema is refused, and nothing is lost.
        var slip = await desk.DecideAsync(id, Corrected(review, "\"20 euros\""), "ann@example.com");
        Console.WriteLine($"   enters \"20 euros\" and is told: {slip.Problem}");
        await desk.DecideAsync(id, Corrected(review, "20"), "ann@example.com");
        Console.WriteLine("   corrects the amount to 20 and approves");
    }

    private static Verdict.Corrected Corrected(Review review, string amount)
    {
        var order = review.Proposal!.Value.GetProperty("arguments").GetProperty("order").GetString();
        return new(JsonElement.Parse($$$"""{"tool":"Refund","arguments":{"order":"{{{order}}}","amount":{{{amount}}}}}"""));
    }
}
