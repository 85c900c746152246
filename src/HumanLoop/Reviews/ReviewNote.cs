namespace HumanLoop;

/// <summary>What a person wrote on a review, for later readers. It is payload: erased with the decision's data.</summary>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When, by the clock of the store.</param>
/// <param name="Text">Plain text; treat it as hostile wherever it is shown.</param>
public sealed record ReviewNote(string By, DateTimeOffset At, string Text);
