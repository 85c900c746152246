using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace HumanLoop.AspNetCore.Tests;

public sealed record Refund(string Customer, decimal Amount)
{
    public Reason Reason { get; init; }

    public DateOnly? Since { get; init; }

    public bool Urgent { get; init; }

    [StringLength(500)]
    public string? Note { get; init; }

    public IReadOnlyList<Line> Lines { get; init; } = [];
}

public sealed record Line(string Article, int Count);

[JsonConverter(typeof(JsonStringEnumConverter<Reason>))]
public enum Reason
{
    Damaged,
    Late,
    Other,
}
