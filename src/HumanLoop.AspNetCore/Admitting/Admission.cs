using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HumanLoop.AspNetCore.Admitting;

/// <summary>Who is let in. Closed unless somebody opened it: nobody anonymous outside Development, whatever the host forgot.</summary>
internal static class Admission
{
    /// <summary>Judges a call; <see langword="null"/> lets it in.</summary>
    public static async ValueTask<Refusal?> CheckAsync(HttpContext http, Permission permission, HumanLoopWebOptions options, string prefix)
    {
        if (!CrossSite.IsAllowed(http.Request))
        {
            return new(403, "cross_site", "This call comes from another site", "Only this site's own pages, and programs that send JSON, may change anything here.");
        }

        var isKnown = http.User.Identity?.IsAuthenticated == true;
        var policy = PolicyOf(permission, options);
        var isProtected = policy is not null || await IsProtectedAsync(http);
        if (!isProtected)
        {
            if (IsOpenLocally(http))
            {
                return null;
            }

            Warn(http, prefix);
            return new(isKnown ? 403 : 401, isKnown ? "not_protected" : "not_signed_in", isKnown ? "Nobody has said who may review here" : "You are not signed in", "Outside Development the inbox lets in only whom the application names. In Program.cs, say who that is:", $"app.MapHumanLoop(\"{prefix}\").RequireAuthorization(\"Reviewers\");");
        }

        if (!isKnown)
        {
            return new(401, "not_signed_in", "You are not signed in", "Sign in to the application first. If you are its developer: authentication must run before these endpoints, and only these lines let people in:", $"app.UseAuthentication();\napp.UseAuthorization();\napp.MapHumanLoop(\"{prefix}\").RequireAuthorization(\"Reviewers\");");
        }

        if (PersonOf(http, options) is null)
        {
            return new(403, "no_name", "You have no name here", "Nothing in your sign-in says what you are called (1 to 200 characters). Its developer can choose a claim:", $"app.MapHumanLoop(\"{prefix}\", options => options.Reviewer = user => user.FindFirst(\"sub\")?.Value);");
        }

        return policy is null || await IsAuthorizedAsync(http, policy)
            ? null
            : new(403, "not_allowed", "You may not do this", $"It takes the policy '{policy}', which your sign-in does not meet.");
    }

    /// <summary>Whether the caller meets what a permission asks beyond being let in.</summary>
    public static async ValueTask<bool> MayAsync(HttpContext http, Permission permission, HumanLoopWebOptions options) =>
        PolicyOf(permission, options) is not { } policy || await IsAuthorizedAsync(http, policy);

    /// <summary>What the caller is called; <see langword="null"/> for one who has no usable name.</summary>
    public static string? PersonOf(HttpContext http, HumanLoopWebOptions options)
    {
        if (http.User.Identity?.IsAuthenticated != true)
        {
            return Identification.Developer;
        }

        var name = options.Reviewer(http.User)?.Trim();
        return name is { Length: > 0 and <= 200 } && !name.Any(char.IsControl) ? name : null;
    }

    private static string? PolicyOf(Permission permission, HumanLoopWebOptions options) => permission switch
    {
        Permission.View => options.ViewPolicy,
        Permission.Review => options.ReviewPolicy,
        Permission.Govern => options.GovernPolicy,
        Permission.Administer => options.AdministerPolicy,
        _ => options.IngestPolicy,
    };

    private static async ValueTask<bool> IsAuthorizedAsync(HttpContext http, string policy)
    {
        var authorization = http.RequestServices.GetService<IAuthorizationService>()
            ?? throw new InvalidOperationException($"MapHumanLoop was given the policy '{policy}', and the application has no authorization: call builder.Services.AddAuthorization.");
        return (await authorization.AuthorizeAsync(http.User, null, policy)).Succeeded;
    }

    /// <summary>Whether the application itself asks something of these endpoints: on the group, or of all endpoints by its fallback policy.</summary>
    private static async ValueTask<bool> IsProtectedAsync(HttpContext http)
    {
        var metadata = http.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<IAllowAnonymous>() is not null)
        {
            return false;
        }

        return metadata?.GetMetadata<IAuthorizeData>() is not null
            || metadata?.GetMetadata<AuthorizationPolicy>() is not null
            || (http.RequestServices.GetService<IAuthorizationPolicyProvider>() is { } policies && await policies.GetFallbackPolicyAsync() is not null);
    }

    /// <summary>Development, a local caller, and a local name: a page elsewhere that has its own name resolve to this machine is not let in.</summary>
    private static bool IsOpenLocally(HttpContext http)
    {
        var host = http.Request.Host.Host;
        return http.RequestServices.GetService<IHostEnvironment>()?.IsDevelopment() == true
            && (http.Connection.RemoteIpAddress is not { } caller || IPAddress.IsLoopback(caller))
            && !http.Request.Headers.ContainsKey("X-Forwarded-For")
            && !http.Request.Headers.ContainsKey("Forwarded")
            && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
    }

    private static void Warn(HttpContext http, string prefix) =>
        WebLog.NotProtected(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HumanLoopWebOptions).Namespace!), prefix);
}
