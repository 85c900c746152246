namespace HumanLoop;

/// <summary>What the workflow was made for.</summary>
public sealed class ScopeOptions
{
    /// <summary>The segments in scope; a decision of any other, or of none, goes to a person with the reason <c>out_of_scope</c>.</summary>
    /// <value>The default, empty, is all.</value>
    public IList<string> Segments { get; } = [];
}
