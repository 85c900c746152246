namespace HumanLoop.AspNetCore.Visiting;

/// <summary>The states of a review as the API and the pages write them.</summary>
internal static class DecisionStateNames
{
    public static string Name(this DecisionState state) => state switch
    {
        DecisionState.Pending => "pending",
        DecisionState.Claimed => "claimed",
        DecisionState.Decided => "decided",
        DecisionState.ActDue => "act_due",
        DecisionState.Acting => "acting",
        DecisionState.Settled => "settled",
        DecisionState.DeadLetter => "dead_letter",
        DecisionState.Withdrawn => "withdrawn",
        _ => "expired",
    };

    /// <summary>The states of those that wait for a person, which is what a list shows unless asked otherwise.</summary>
    public static IReadOnlyList<DecisionState> Open { get; } = [DecisionState.Pending, DecisionState.Claimed];

    /// <summary>Reads <c>pending,claimed</c>, <c>open</c> or <c>all</c>; nothing is <c>open</c>.</summary>
    /// <exception cref="BadRequestException">There is no such state.</exception>
    public static IReadOnlyList<DecisionState> Parse(string? states)
    {
        if (states is null or "open")
        {
            return Open;
        }

        return states == "all"
            ? []
            : [.. states.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(One)];

        static DecisionState One(string name)
        {
            foreach (var state in Enum.GetValues<DecisionState>())
            {
                if (state.Name() == name)
                {
                    return state;
                }
            }

            throw BadRequestException.Of($"There is no state '{name}'; there are all, open, {string.Join(", ", Enum.GetValues<DecisionState>().Select(Name))}.");
        }
    }
}
