namespace HumanLoop.Assessing;

/// <summary>A confidence and, where it cannot be used or came from the weakest field, the reason to give.</summary>
internal readonly record struct Assessment(Confidence Confidence, string? Problem, string? WeakestField)
{
    public bool IsUsable => Problem is null;
}
