namespace HumanLoop.Tests.Journey;

/// <summary>The proposal of most tests.</summary>
public sealed record Refund(string Customer, decimal Amount);
