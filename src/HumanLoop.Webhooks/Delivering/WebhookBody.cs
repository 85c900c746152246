using System.Globalization;
using System.Text.Json;
using HumanLoop.Notifying;

namespace HumanLoop.Webhooks;

/// <summary>What a message says, as Standard Webhooks shapes it: <c>type</c>, <c>timestamp</c> and <c>data</c>, below 20 KB.</summary>
internal sealed class WebhookBody(IReviewDesk desk)
{
    /// <summary>Standard Webhooks keeps messages below 20 KB; what closes the JSON still comes after the last review.</summary>
    private const int Longest = 20_000 - 200;

    public async Task<ReadOnlyMemory<byte>> WriteAsync(WebhookMessage message, WebhookOptions options, CancellationToken cancellationToken)
    {
        var reviews = new List<byte[]>();
        foreach (var review in message.Reviews ?? [])
        {
            reviews.Add(await ReviewAsync(message, review, options.IncludePayload, cancellationToken).ConfigureAwait(false));
        }

        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type", message.Type);
            json.WriteString("timestamp", message.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteStartObject("data");
            Facts(json, message, options);
            if (message.Reviews is { } named)
            {
                json.WriteStartArray("reviews");
                json.Flush();
                var bare = named.Select(review => Bare(message, review, omitted: true)).ToArray();
                var spare = Longest - bytes.Length - bare.Sum(one => one.Length + 1);
                for (var i = 0; i < bare.Length; i++)
                {
                    var more = reviews[i].Length - bare[i].Length;
                    var fits = more <= spare;
                    json.WriteRawValue(fits ? reviews[i] : bare[i], skipInputValidation: true);
                    spare -= fits ? more : 0;
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static string Describe(WebhookMessage message) => new ReviewNotification(WebhookEvents.KindOf(message.Type), message.Workflow, message.Recipient ?? "", message.Count, message.ClosedAt ?? message.At)
    {
        Segment = message.Segment,
        Model = message.Model,
        Metric = message.Metric,
        Waiting = message.Waiting,
        Oldest = message.Oldest,
    }.Text;

    private static void Facts(Utf8JsonWriter json, WebhookMessage message, WebhookOptions options)
    {
        json.WriteString("workflow", message.Workflow);
        Text("recipient", message.Recipient);
        json.WriteNumber("count", message.Count);
        if (message.Waiting is { } waiting)
        {
            json.WriteNumber("waiting", waiting);
        }

        if (message.Oldest is { } oldest)
        {
            json.WriteString("oldestSince", oldest.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        Text("segment", message.Segment);
        Text("model", message.Model);
        Text("change", message.ChangeId);
        if (message.ChangeId is not null)
        {
            Threshold("from", message.From);
            Threshold("to", message.To);
        }

        Text("metric", message.Metric);
        json.WriteString("text", Describe(message));
        Text("link", options.Link);

        void Text(string name, string? value)
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }

        void Threshold(string name, double? value)
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
            else
            {
                json.WriteNull(name);
            }
        }
    }

    private async Task<byte[]> ReviewAsync(WebhookMessage message, WebhookReview review, bool withPayload, CancellationToken cancellationToken)
    {
        if (!withPayload || await desk.GetAsync(new(message.Workflow, review.Id), cancellationToken).ConfigureAwait(false) is not { } shown)
        {
            return Bare(message, review, omitted: false);
        }

        return Written(json =>
        {
            Named(json, message, review);
            WebhookPayload.Write(json, shown);
        });
    }

    private static byte[] Bare(WebhookMessage message, WebhookReview review, bool omitted) => Written(json =>
    {
        Named(json, message, review);
        if (omitted)
        {
            json.WriteBoolean("omitted", true);
        }
    });

    private static void Named(Utf8JsonWriter json, WebhookMessage message, WebhookReview review)
    {
        json.WriteString("id", new ReviewId(message.Workflow, review.Id).ToString());
        if (review.Ended is { } ended)
        {
            json.WriteString("ended", ended);
        }
    }

    private static byte[] Written(Action<Utf8JsonWriter> content)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
