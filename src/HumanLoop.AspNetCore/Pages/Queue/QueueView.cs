using HumanLoop.AspNetCore.Visiting;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>A page of the queue, with the filters that made it.</summary>
internal sealed record QueueView
{
    public required IReadOnlyList<Review> Reviews { get; init; }

    /// <summary>Where the next page begins; <see langword="null"/> on the last.</summary>
    public string? Next { get; init; }

    public required IReadOnlyList<WorkflowInfo> Workflows { get; init; }

    public string? Workflow { get; init; }

    public required string State { get; init; }

    public string? Segment { get; init; }

    public string? Reason { get; init; }

    public string? Age { get; init; }

    public required DateTimeOffset Now { get; init; }

    public bool MayAdminister { get; init; }

    public bool MayReview { get; init; }

    public string? Notice { get; init; }

    /// <summary>The states that the filter offers.</summary>
    public static IReadOnlyList<(string Name, string Label)> States { get; } =
    [
        ("open", "Waiting for a person"),
        ("pending", "Free"),
        ("claimed", "Held by somebody"),
        ("decided", "Decided, can be taken back"),
        ("act_due,acting", "To be acted on"),
        ("dead_letter", "Dead letters"),
        ("settled", "Settled"),
        ("withdrawn,expired", "Withdrawn or expired"),
        ("all", "All"),
    ];

    /// <summary>How long a review waits at least, as the filter offers it.</summary>
    public static IReadOnlyList<(string Name, string Label, TimeSpan AtLeast)> Ages { get; } =
    [
        ("hour", "over an hour", TimeSpan.FromHours(1)),
        ("day", "over a day", TimeSpan.FromDays(1)),
        ("week", "over a week", TimeSpan.FromDays(7)),
    ];

    /// <summary>This page's address with another cursor.</summary>
    public string PageAt(string? cursor)
    {
        (string Key, string? Value)[] query = [("workflow", Workflow), ("state", State), ("segment", Segment), ("reason", Reason), ("age", Age), ("cursor", cursor)];
        return "queue?" + string.Join('&', query.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value!)}"));
    }

    public static string AddressOf(Review review) => $"reviews/{ReviewAddress.Of(review.Id)}";

    /// <summary>How long ago, roughly.</summary>
    public string Ago(DateTimeOffset at) => (Now - at) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } span => $"{(int)span.TotalMinutes} min",
        { TotalDays: < 1 } span => $"{(int)span.TotalHours} h",
        var span => $"{(int)span.TotalDays} d",
    };
}
