using System.Text.Json;
using HumanLoop;

namespace ExternalReview;

/// <summary>HumanLoop's side of the answer: verified, and handed to the desk, where the first verdict wins.</summary>
internal static class VerdictEndpoint
{
    public static async Task<IResult> ReceiveAsync(HttpRequest request, IReviewDesk desk, Story story, ToolSecrets secrets, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await SignedRequest.ReadAsync(request, secrets.OfTool, time, cancellationToken) is not { } message)
        {
            story.Tell("desk", "refuses a verdict that is not signed by the tool");
            return Results.Unauthorized();
        }

        if (Read(message) is not var (review, verdict, agent))
        {
            return Results.BadRequest();
        }

        // A message that comes twice needs no memory here: the second verdict is one too many.
        var result = await desk.DecideAsync(review, verdict, agent, cancellationToken);
        story.Tell("desk", $"{review} by {agent}: {result.Status}");
        return result.Status switch
        {
            TransitionStatus.Applied or TransitionStatus.AlreadyDecided or TransitionStatus.Closed => Results.NoContent(),
            TransitionStatus.NotFound => Results.NotFound(),
            _ => Results.Conflict(),
        };
    }

    private static (ReviewId Review, Verdict Verdict, string Agent)? Read(JsonElement message)
    {
        try
        {
            var reason = message.TryGetProperty("reason", out var code) ? code.GetString() : null;
            Verdict? verdict = message.GetProperty("verdict").GetString() switch
            {
                "approved" => new Verdict.Approved(),
                "corrected" => new Verdict.Corrected(message.GetProperty("proposal")),
                "rejected" => new Verdict.Rejected(),
                _ => null,
            };
            return verdict is null ? null : (ReviewId.Parse(message.GetProperty("review").GetString()!), verdict with { Reason = reason }, message.GetProperty("agent").GetString()!);
        }
        catch (Exception unusable) when (unusable is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            return null;
        }
    }
}
