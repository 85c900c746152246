using Microsoft.AspNetCore.Http;

namespace HumanLoop.AspNetCore.Admitting;

/// <summary>Tells a call of our own page, or of a program, from one that another site makes a visitor's browser send.</summary>
/// <remarks>
/// By what browsers say of themselves and no page can forge (W3C Fetch Metadata, <c>Sec-Fetch-Site</c>; RFC 6454 §7, <c>Origin</c>), so no token
/// and no key ring is needed. A program sends neither header and is let through, unless it sends what an HTML form would.
/// </remarks>
internal static class CrossSite
{
    public static bool IsAllowed(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return true;
        }

        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
        {
            // Not same-site: another port or subdomain is another application.
            return site is "same-origin" or "none";
        }

        return request.Headers.Origin is [{ } origin]
            ? string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            : !request.HasFormContentType && request.ContentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) != true;
    }
}
