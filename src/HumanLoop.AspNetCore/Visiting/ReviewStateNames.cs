namespace HumanLoop.AspNetCore.Visiting;

/// <summary>The states of a review as the API and the pages write them.</summary>
internal static class ReviewStateNames
{
    public static string Name(this ReviewState state) => state switch
    {
        ReviewState.Pending => "pending",
        ReviewState.Claimed => "claimed",
        ReviewState.Decided => "decided",
        ReviewState.ActDue => "act_due",
        ReviewState.Acting => "acting",
        ReviewState.Settled => "settled",
        ReviewState.DeadLetter => "dead_letter",
        ReviewState.Withdrawn => "withdrawn",
        _ => "expired",
    };

    /// <summary>The states of those that wait for a person, which is what a list shows unless asked otherwise.</summary>
    public static IReadOnlyList<ReviewState> Open { get; } = [ReviewState.Pending, ReviewState.Claimed];

    /// <summary>Reads <c>pending,claimed</c>, <c>open</c> or <c>all</c>; nothing is <c>open</c>.</summary>
    /// <exception cref="BadRequestException">There is no such state.</exception>
    public static IReadOnlyList<ReviewState> Parse(string? states)
    {
        if (states is null or "open")
        {
            return Open;
        }

        return states == "all"
            ? []
            : [.. states.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(One)];

        static ReviewState One(string name)
        {
            foreach (var state in Enum.GetValues<ReviewState>())
            {
                if (state.Name() == name)
                {
                    return state;
                }
            }

            throw BadRequestException.Of($"There is no state '{name}'; there are all, open, {string.Join(", ", Enum.GetValues<ReviewState>().Select(Name))}.");
        }
    }
}
