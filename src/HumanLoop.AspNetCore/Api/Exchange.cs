using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HumanLoop.AspNetCore.Admitting;
using HumanLoop.AspNetCore.Visiting;
using Microsoft.AspNetCore.Http;

namespace HumanLoop.AspNetCore.Api;

/// <summary>Reads bodies and writes answers.</summary>
internal static class Exchange
{
    /// <summary>The body as JSON; an empty one is <see langword="null"/>.</summary>
    /// <exception cref="BadRequestException">It is not JSON of that shape.</exception>
    public static async Task<TBody?> ReadAsync<TBody>(this Visit visit, JsonTypeInfo<TBody> type)
        where TBody : class
    {
        var request = visit.Http.Request;
        if (request.ContentLength > Site.MaxBody)
        {
            throw TooLarge();
        }

        var body = await BufferAsync(request, visit.Aborted);
        if (body.Length == 0)
        {
            return null;
        }

        if (!request.HasJsonContentType())
        {
            throw new BadRequestException(415, "not_json", "The body is not JSON", "Send it with the content type application/json.");
        }

        try
        {
            return JsonSerializer.Deserialize(body.Span, type);
        }
        catch (JsonException wrong)
        {
            throw BadRequestException.Of(string.Create(CultureInfo.InvariantCulture, $"The body is not what this call takes: {wrong.Path ?? "$"}, line {wrong.LineNumber + 1}. It is a JSON object."));
        }
    }

    public static Task WriteAsync<TAnswer>(this Visit visit, TAnswer answer, JsonTypeInfo<TAnswer> type) =>
        visit.Http.Response.WriteAsJsonAsync(answer, type, cancellationToken: visit.Aborted);

    /// <summary>The review as it stands now, or why nothing was done.</summary>
    public static Task WriteAsync(this Visit visit, ReviewResult result) => result.IsApplied
        ? visit.WriteAsync(ReviewJson.Of(result.Review!), ApiJsonContext.Default.ReviewJson)
        : RefuseAsync(visit, Problem.Of(result), result.Review);

    /// <summary>An error as problem details (RFC 9457), with a stable <c>code</c> beside them.</summary>
    public static Task RefuseAsync(this Visit visit, Refusal refusal, Review? review = null)
    {
        var response = visit.Http.Response;
        response.StatusCode = refusal.Status;
        return response.WriteAsJsonAsync(
            new ProblemJson("about:blank", refusal.Title, refusal.Status, refusal.Detail, refusal.Code, refusal.Line, review is null ? null : ReviewJson.Of(review)),
            ApiJsonContext.Default.ProblemJson,
            "application/problem+json",
            visit.Aborted);
    }

    /// <summary>A whole number of the query, in a range.</summary>
    /// <exception cref="BadRequestException">It is not one.</exception>
    public static int Limit(this Visit visit, int usual, int most)
    {
        if (visit.Query("limit") is not { } text)
        {
            return usual;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? Limit(limit, most) : throw NoLimit(text, most);
    }

    /// <summary>A limit, in its range.</summary>
    /// <exception cref="BadRequestException">It is outside.</exception>
    public static int Limit(int limit, int most) => limit >= 1 && limit <= most ? limit : throw NoLimit(limit.ToString(CultureInfo.InvariantCulture), most);

    private static BadRequestException NoLimit(string text, int most) => BadRequestException.Of($"limit is '{(text.Length > 20 ? text[..20] + "…" : text)}'; it is a whole number from 1 to {most}.");

    private static BadRequestException TooLarge() => new(413, "too_large", "The body is too large", $"At most {Site.MaxBody} bytes are read.");

    private static async Task<ReadOnlyMemory<byte>> BufferAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (buffer.Length + read > Site.MaxBody)
            {
                throw TooLarge();
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
