using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace HumanLoop.Webhooks;

/// <summary>Posts signed messages to one webhook.</summary>
internal sealed class WebhookSender : IDisposable
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromDays(1);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private static readonly ProductInfoHeaderValue Agent = new("HumanLoop", typeof(WebhookSender).Assembly.GetName().Version?.ToString(3));
    private static readonly ResiliencePropertyKey<TimeSpan> Limit = new("HumanLoop.WebhookTimeout");

    private static readonly WebhookAnswer Timeout = new("timeout");

    private readonly HttpMessageInvoker _http;
    private readonly ResiliencePipeline<WebhookAnswer> _pipeline;
    private readonly Func<WebhookOptions> _options;
    private readonly Action<WebhookAnswer> _attempted;
    private readonly TimeProvider _time;

    public WebhookSender(Func<WebhookOptions> options, TimeProvider time, Action<WebhookAnswer> attempted)
    {
        (_options, _time, _attempted) = (options, time, attempted);
        _http = WebhookConnection.Open(() => options().AllowPrivateAddresses);
        _pipeline = Pipeline(time);
    }

    /// <summary>Delivers a message, with a few attempts in close order.</summary>
    /// <returns>How the last of them was answered.</returns>
    public async Task<WebhookAnswer> DeliverAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var options = _options();
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(Limit, options.Timeout);
            return await _pipeline.ExecuteAsync(attempt => AttemptAsync(options, id, body, attempt.CancellationToken), context).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            return Timeout;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Two more attempts after seconds, for a receiver that is being restarted. One that says when it wants to be asked again is not asked before; if
    /// that is not soon, not here.</summary>
    private ResiliencePipeline<WebhookAnswer> Pipeline(TimeProvider time) =>
        new ResiliencePipelineBuilder<WebhookAnswer> { Name = "HumanLoop.Webhook", TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<WebhookAnswer>
            {
                MaxRetryAttempts = 2,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome is { Exception: TimeoutRejectedException }
                    || (arguments.Outcome is { Exception: null, Result: { IsDelivered: false, IsGone: false } answer } && !(answer.RetryAfter > Soon))),
                DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result.RetryAfter),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(2),
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = arguments => ValueTask.FromResult(arguments.Context.Properties.GetValue(Limit, TimeSpan.FromSeconds(20))),
                OnTimeout = _ =>
                {
                    _attempted(Timeout);
                    return default;
                },
            })
            .Build();

    private async ValueTask<WebhookAnswer> AttemptAsync(WebhookOptions options, string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.Add(Agent);
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(id, now, body.Span, [.. options.Secrets]));
        WebhookAnswer answer;
        try
        {
            // The answer's body says nothing that counts, so it is not read, however long it is or takes.
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            answer = Read(response, now);
        }
        catch (HttpRequestException failure)
        {
            answer = new(failure.InnerException is PrivateAddressException ? "private_address" : Name(failure.HttpRequestError));
        }

        _attempted(answer);
        return answer;
    }

    private static WebhookAnswer Read(HttpResponseMessage response, DateTimeOffset now) => response.StatusCode switch
    {
        _ when response.IsSuccessStatusCode => default,
        HttpStatusCode.Gone => new("410", IsGone: true),
        var status => new(((int)status).ToString(CultureInfo.InvariantCulture), RetryAfter: status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable ? RetryAfter(response, now) : null),
    };

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) =>
        (response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - now) is { } asked
            ? TimeSpan.FromTicks(Math.Clamp(asked.Ticks, 0, LongestHold.Ticks))
            : null;

    private static string Name(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "name_resolution",
        HttpRequestError.ConnectionError => "connection",
        HttpRequestError.SecureConnectionError => "tls",
        _ => "http",
    };
}
