using System.Net;
using System.Text;

namespace HumanLoop.AspNetCore.Tests.Admitting;

public sealed class CrossSiteTests
{
    [Theory]
    [InlineData("same-origin", null, "application/json", true)]
    [InlineData("none", null, "application/json", true)]
    [InlineData("same-site", null, "application/json", false)]
    [InlineData("cross-site", "http://localhost", "application/json", false)]
    [InlineData(null, "http://localhost", "application/x-www-form-urlencoded", true)]
    [InlineData(null, "https://localhost", "application/json", false)]
    [InlineData(null, "http://evil.example", "application/json", false)]
    [InlineData(null, "null", "application/json", false)]
    [InlineData(null, null, "application/json", true)]
    [InlineData(null, null, "application/x-www-form-urlencoded", false)]
    [InlineData(null, null, "text/plain", false)]
    public async Task A_change_is_taken_from_our_own_pages_and_from_programs_and_from_no_other_site(string? site, string? origin, string contentType, bool taken)
    {
        await using var loop = await WebLoop.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/humanloop/api/v1/workflows/refund/pause") { Content = new StringContent("", Encoding.UTF8, contentType) };
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (taken)
        {
            await loop.JsonAsync(loop.SendAsync(request, "ann"));
        }
        else
        {
            await loop.ProblemAsync(loop.SendAsync(request, "ann"), HttpStatusCode.Forbidden, "cross_site");
        }
    }
}
