using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.AspNetCore.Tests.Hosts;

/// <summary>The inbox in the applications that there are.</summary>
public sealed class HostMatrixTests
{
    [Fact]
    public async Task In_a_bare_application() => await WorksAsync(await WebLoop.StartAsync(), "/humanloop");

    [Fact]
    public async Task Under_another_prefix() =>
        await WorksAsync(await WebLoop.StartAsync(map: app => app.MapHumanLoop("/reviews/of/refunds").RequireAuthorization()), "/reviews/of/refunds");

    [Fact]
    public async Task Below_a_path_base() => await WorksAsync(
        await WebLoop.StartAsync(
            use: app =>
            {
                app.UsePathBase("/app1");
                app.UseRouting();
                app.UseAuthentication();
                app.UseAuthorization();
            }),
        "/app1/humanloop");

    [Fact]
    public async Task In_a_group_with_a_tenant_in_its_address() => await WorksAsync(
        await WebLoop.StartAsync(map: app => app.MapGroup("/t/{tenant}").MapHumanLoop("/inbox").RequireAuthorization()),
        "/t/acme/inbox");

    [Fact]
    public async Task At_the_root_of_an_application() =>
        await WorksAsync(await WebLoop.StartAsync(map: app => app.MapHumanLoop("/").RequireAuthorization()), "");

    [Fact]
    public async Task Behind_a_proxy_that_forwards_its_prefix()
    {
        await using var loop = await WebLoop.StartAsync(
            build: builder => builder.Services.Configure<ForwardedHeadersOptions>(options =>
            {
                options.ForwardedHeaders = ForwardedHeaders.All;
                options.KnownProxies.Clear();
                options.KnownIPNetworks.Clear();
            }),
            use: app =>
            {
                app.UseForwardedHeaders();
                app.UseRouting();
                app.UseAuthentication();
                app.UseAuthorization();
            });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/humanloop/queue") { Headers = { { "X-Forwarded-Prefix", "/ops" } } };
        using var response = await loop.SendAsync(request, "ann");
        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("<base href=\"./\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"/humanloop", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_an_application_with_controllers_blazor_status_pages_antiforgery_fallback_policy_and_fallback_page() => await WorksAsync(
        await WebLoop.StartAsync(
            build: builder =>
            {
                builder.Services.AddControllersWithViews();
                builder.Services.AddRazorComponents();
                builder.Services.AddAntiforgery();
                builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            },
            use: app =>
            {
                app.UseStatusCodePages();
                app.UseRouting();
                app.UseAuthentication();
                app.UseAuthorization();
                app.UseAntiforgery();
            },
            map: app =>
            {
                app.MapControllers();
                app.MapRazorComponents<BlazorHost>();
                app.MapFallback(() => "the host's own page");
                app.MapHumanLoop();
            }),
        "/humanloop");

    /// <summary>Every page, file and call is there, every address in it is relative and leads somewhere, and a verdict can be given.</summary>
    private static async Task WorksAsync(WebLoop loop, string prefix)
    {
        await using var _ = loop;
        await loop.RouteAsync(3);
        if (prefix.Length > 0)
        {
            using var redirect = await loop.GetAsync(prefix);
            Assert.Equal(HttpStatusCode.Redirect, redirect.StatusCode);
            Assert.Equal($"{prefix}/", new Uri(new Uri($"http://localhost{prefix}"), redirect.Headers.Location!.OriginalString).AbsolutePath);
        }

        foreach (var page in (string[])["/", "/queue", "/queue/", "/workflows", "/workflows/refund", "/reviews/refund:d-1"])
        {
            var address = new Uri($"http://localhost{prefix}{page}");
            using var response = await loop.GetAsync(address.PathAndQuery);
            var html = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{address}: {response.StatusCode}");
            Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            var root = new Uri(address, System.Text.RegularExpressions.Regex.Match(html, "<base href=\"([^\"]*)\">").Groups[1].Value);
            Assert.Equal($"http://localhost{prefix}/", root.AbsoluteUri);
            foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(html, "(?:href|src|action|hx-post|hx-get)=\"([^\"#]*)[\"#]"))
            {
                var target = WebUtility.HtmlDecode(link.Groups[1].Value);
                if (target.StartsWith("data:", StringComparison.Ordinal) || link.Value.StartsWith("hx-post", StringComparison.Ordinal))
                {
                    continue;
                }

                Assert.False(target.StartsWith('/'), $"{address} leads to {target}, which is not relative.");
                using var followed = await loop.GetAsync(new Uri(root, target).PathAndQuery);
                Assert.True(followed.StatusCode == HttpStatusCode.OK, $"{address} leads to {target}: {followed.StatusCode}");
            }
        }

        using var next = await loop.PostFormAsync($"{prefix}/desk/next", "ann");
        var cards = await next.Content.ReadAsStringAsync();
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(cards, "<article "));
        var revision = System.Text.RegularExpressions.Regex.Match(cards, "data-id=\"refund:d-1\" data-revision=\"(\\d+)\"").Groups[1].Value;
        using var decided = await loop.PostFormAsync($"{prefix}/desk/decide", "ann", ("id", "refund:d-1"), ("revision", revision), ("verdict", "approved"), ("have", "refund:d-2"));
        Assert.Contains("data-done=\"refund:d-1\"", await decided.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var nothing = await loop.GetAsync($"{prefix}/no/such/page");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    /// <summary>What a Blazor application maps.</summary>
    [Route("/blazor")]
    private sealed class BlazorHost : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddMarkupContent(0, "<p>The host's own component.</p>");
    }
}
