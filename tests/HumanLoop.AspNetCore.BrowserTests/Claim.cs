using System.ComponentModel.DataAnnotations;

namespace HumanLoop.AspNetCore.BrowserTests;

/// <summary>What the tests' workflow proposes.</summary>
public sealed record Claim([property: AllowedValues("refund", "replacement", "nothing")] string Answer, string Reply, decimal Amount);
