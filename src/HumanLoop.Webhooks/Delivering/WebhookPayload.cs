using System.Globalization;
using System.Text.Json;

namespace HumanLoop.Webhooks;

/// <summary>What a review says, for receivers that the settings trust with it.</summary>
internal static class WebhookPayload
{
    public static void Write(Utf8JsonWriter json, Review review)
    {
        Text("segment", review.Segment);
        Text("model", review.Model);
        Text("reason", review.Reason);
        if (review.Confidence.IsUsable)
        {
            json.WriteNumber("confidence", review.Confidence.Value);
        }

        if (!review.Threshold.IsReviewEverything)
        {
            json.WriteNumber("threshold", review.Threshold.Value);
        }

        json.WriteBoolean("isAudit", review.IsAudit);
        Text("routedAt", Time(review.RoutedAt));
        Text("due", review.Due is { } due ? Time(due) : null);
        Text("briefing", review.Briefing);
        Text("link", review.Link?.ToString());
        Json("proposal", review.Proposal);
        Json("correction", review.Correction);
        if (review.Verdict is { } verdict)
        {
            Text("reviewer", verdict.Reviewer);
            Text("verdictReason", verdict.Reason);
            Text("comment", verdict.Comment);
        }

        void Text(string name, string? value)
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }

        void Json(string name, JsonElement? value)
        {
            if (value is { } element)
            {
                json.WritePropertyName(name);
                element.WriteTo(json);
            }
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
