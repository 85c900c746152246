namespace HumanLoop.Reviewing;

/// <summary>What a workflow says of a reviewer's correction: its JSON as it will be stored and whether the AI was wrong, or what is wrong with it.</summary>
internal readonly record struct CorrectionCheck(ReadOnlyMemory<byte> Json, bool CountsAsError, string? Problem);
