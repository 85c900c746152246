using HumanLoop.AspNetCore.Admitting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HumanLoop.AspNetCore.Visiting;

/// <summary>Maps endpoints so that every one of them has the same door: who may enter, what the browser may do with the answer, and what a failure looks
/// like.</summary>
/// <param name="group">Where they are mapped.</param>
/// <param name="options">Who may do what.</param>
/// <param name="refuseCall">Writes why a call of the API failed.</param>
/// <param name="refusePage">Writes why a page failed.</param>
internal sealed class Site(RouteGroupBuilder group, HumanLoopWebOptions options, Func<Visit, Refusal, Task> refuseCall, Func<Visit, Refusal, Task> refusePage)
{
    /// <summary>The largest body that is read, in bytes.</summary>
    public const int MaxBody = 1024 * 1024;

    /// <summary>Where the JSON API lies below the prefix.</summary>
    public const string Api = "api/v1";

    private const string ContentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>A page, or a part of one.</summary>
    public void Page(string method, string pattern, Permission permission, Func<Visit, Task> handle) => Map(method, pattern, permission, handle, isApi: false);

    /// <summary>A call of the JSON API.</summary>
    public void Call(string method, string pattern, Permission permission, Func<Visit, Task> handle) => Map(method, $"{Api}/{pattern}", permission, handle, isApi: true);

    private void Map(string method, string pattern, Permission permission, Func<Visit, Task> handle, bool isApi)
    {
        group.MapMethods(pattern, [method], RunAsync);

        async Task RunAsync(HttpContext http)
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers.CacheControl = "no-store";
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            {
                limit.MaxRequestBodySize = MaxBody;
            }

            var visit = new Visit(http, options, pattern, isApi);
            if (await Admission.CheckAsync(http, permission, options, visit.Prefix) is { } refusal)
            {
                await RefuseAsync(visit, refusal);
                return;
            }

            try
            {
                await handle(visit);
            }
            catch (BadRequestException bad) when (!http.Response.HasStarted)
            {
                await RefuseAsync(visit, new(bad.Status, bad.Code, bad.Title, bad.Message));
            }
            catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
            {
                await RefuseAsync(visit, new(bad.StatusCode, bad.StatusCode == 413 ? "too_large" : "bad_request", bad.StatusCode == 413 ? "The body is too large" : "The request cannot be read", bad.StatusCode == 413 ? $"At most {MaxBody} bytes are read." : bad.Message));
            }
            catch (StoreException failure) when (!http.Response.HasStarted)
            {
                WebLog.StoreFailed(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HumanLoopWebOptions).Namespace!), failure, pattern);
                await RefuseAsync(visit, new(503, "store_unreachable", "The store does not answer", "Nothing was lost and nothing was done, or it is unknown whether it was. Try again."));
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
                // The caller has gone; there is nobody to answer.
            }
        }
    }

    private Task RefuseAsync(Visit visit, Refusal refusal) => visit.IsApi ? refuseCall(visit, refusal) : refusePage(visit, refusal);
}
