namespace HumanLoop.Load;

/// <summary>What comes in.</summary>
internal static class Tickets
{
    /// <summary>What a share of the reviews requires, and most reviewers cannot.</summary>
    public const string Skill = "german";

    /// <summary>A segment that only the last few are of: whoever filters by it finds them behind all the others.</summary>
    public const string RareSegment = "antiques";

    /// <summary>Whose data some of them are.</summary>
    public const string Subject = "customer-7";

    public static async IAsyncEnumerable<Decision<Ticket>> ManyAsync(int from, int to, int skilled, int all)
    {
        await Task.CompletedTask;
        for (var i = from; i < to; i++)
        {
            yield return One($"ticket-{i}", i) with
            {
                Segment = i >= all - 10 ? RareSegment : i % 3 == 0 ? "lamps" : "chairs",
                Requires = i < skilled ? [Skill] : [],
                Subject = $"customer-{i % 50_000}",
            };
        }
    }

    public static Decision<Ticket> One(string id, int number) =>
        new(new Ticket("refund", $"Lamp {number} came broken, and I want my money back.")) { Id = id, Confidence = 0.3 + (number % 60 * 0.01), Briefing = $"Customer {number} writes again." };
}
