using System.Globalization;
using System.Text.Json;
using HumanLoop.Webhooks;

namespace ExternalReview;

/// <summary>Reads and sends signed webhooks; both sides of this sample use it, as any two parties can that share a secret.</summary>
internal static class SignedRequest
{
    private const int MostBytes = 64 * 1024;

    /// <summary>The body of a webhook, if its signature is right; null if it is not, and what came is not to be read.</summary>
    public static async Task<JsonElement?> ReadAsync(HttpRequest request, string secret, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.ContentLength is null or > MostBytes)
        {
            return null;
        }

        var body = new byte[request.ContentLength.Value];
        await request.Body.ReadExactlyAsync(body, cancellationToken);
        var headers = request.Headers;
        var verified = WebhookSignature.Verify(headers[WebhookSignature.IdHeader], headers[WebhookSignature.TimestampHeader], headers[WebhookSignature.SignatureHeader], body, [secret], time.GetUtcNow());
        return verified == WebhookVerification.Valid ? JsonSerializer.Deserialize<JsonElement>(body) : null;
    }

    public static async Task<HttpResponseMessage> SendAsync(HttpClient http, Uri url, string secret, TimeProvider time, string id, object message, CancellationToken cancellationToken)
    {
        var (body, now) = (JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web), time.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(id, now, body, [secret]));
        return await http.SendAsync(request, cancellationToken);
    }
}
