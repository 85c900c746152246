namespace HumanLoop;

/// <summary>Names a review: a decision of a workflow. As text, <c>workflow/decisionId</c>.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="DecisionId">The decision, unique in its workflow.</param>
public readonly record struct ReviewId(string Workflow, DecisionId DecisionId)
{
    /// <summary>Reads <c>workflow/decisionId</c>; the id may hold further slashes.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The name.</returns>
    /// <exception cref="FormatException">There is no slash, or one side of it is empty or not allowed.</exception>
    public static ReviewId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == text.Length - 1)
        {
            throw new FormatException("A review is named workflow/decisionId, such as refund/2026-0017.");
        }

        try
        {
            return new(text[..slash], new DecisionId(text[(slash + 1)..]));
        }
        catch (ArgumentException problem)
        {
            throw new FormatException(problem.Message, problem);
        }
    }

    /// <summary>The name as text.</summary>
    /// <returns><c>workflow/decisionId</c>.</returns>
    public override string ToString() => $"{Workflow}/{DecisionId.Value}";
}
