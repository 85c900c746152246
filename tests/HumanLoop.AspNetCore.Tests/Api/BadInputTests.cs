using System.Net;
using System.Text;

namespace HumanLoop.AspNetCore.Tests.Api;

public sealed class BadInputTests
{
    private const string Reviews = "/humanloop/api/v1/reviews";

    [Theory]
    [InlineData("refund:unknown")]
    [InlineData("nothing")]
    [InlineData("refund:")]
    [InlineData("refund:~zz")]
    [InlineData("refund:~ff")]
    [InlineData("refund:~00")]
    [InlineData("nowhere:d-1")]
    public async Task An_id_that_names_no_review_is_not_found(string id)
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.ProblemAsync(loop.GetAsync($"{Reviews}/{id}"), HttpStatusCode.NotFound, "not_found");
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/{id}/verdict", new { revision = 1, verdict = "approved" }), HttpStatusCode.NotFound, "not_found");
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/{id}/extend", new { revision = 1 }), HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=many")]
    [InlineData("state=lost")]
    [InlineData("cursor=nonsense")]
    public async Task A_list_that_cannot_be_is_refused(string query)
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.ProblemAsync(loop.GetAsync($"{Reviews}?{query}"), HttpStatusCode.BadRequest, "bad_request");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"approved\"")]
    [InlineData("{\"revision\":\"first\",\"verdict\":\"approved\"}")]
    [InlineData("{\"revision\":1}")]
    [InlineData("{\"verdict\":\"approved\"}")]
    [InlineData("{\"revision\":1,\"verdict\":\"maybe\"}")]
    [InlineData("{\"revision\":1,\"verdict\":\"corrected\"}")]
    [InlineData("")]
    public async Task A_body_that_is_no_verdict_is_refused_and_decides_nothing(string body)
    {
        await using var loop = await WebLoop.StartAsync();
        var id = Assert.Single(await loop.RouteAsync(1));
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/{id}/verdict", WebLoop.Json(body)), HttpStatusCode.BadRequest, "bad_request");
        Assert.Equal("pending", (await loop.JsonAsync(loop.GetAsync($"{Reviews}/{id}"))).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_refused()
    {
        await using var loop = await WebLoop.StartAsync();
        var id = Assert.Single(await loop.RouteAsync(1));
        var body = "{\"revision\":1,\"verdict\":\"approved\",\"comment\":\"" + new string('x', 10 * 1024 * 1024) + "\"}";
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/{id}/verdict", WebLoop.Json(body)), HttpStatusCode.RequestEntityTooLarge, "too_large");
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/{id}/verdict", new EndlessContent(10 * 1024 * 1024)), HttpStatusCode.RequestEntityTooLarge, "too_large");
        using var form = await loop.PostFormAsync("/humanloop/desk/decide", "ann", ("id", id), ("revision", "1"), ("verdict", "approved"), ("comment", new string('x', 10 * 1024 * 1024)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, form.StatusCode);
    }

    [Fact]
    public async Task Only_json_is_read()
    {
        await using var loop = await WebLoop.StartAsync();
        var id = Assert.Single(await loop.RouteAsync(1));
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/{id}/verdict", new StringContent("{\"revision\":1,\"verdict\":\"approved\"}", Encoding.UTF8, "application/octet-stream")), HttpStatusCode.UnsupportedMediaType, "not_json");
    }

    [Fact]
    public async Task Reasons_and_people_that_are_too_long_or_hold_control_characters_are_refused()
    {
        await using var loop = await WebLoop.StartAsync();
        var id = Assert.Single(await loop.RouteAsync(1));
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/{id}/verdict", new { revision = 1, verdict = "approved", reason = new string('r', 101) }), HttpStatusCode.BadRequest, "bad_request");
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/assign", new { ids = new[] { id }, person = "bob\u0000" }), HttpStatusCode.BadRequest, "bad_request");
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/assign", new { ids = new[] { id }, person = " " }), HttpStatusCode.BadRequest, "bad_request");
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/assign", new { ids = new[] { id } }), HttpStatusCode.BadRequest, "bad_request");
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/assign", new { ids = Array.Empty<string>(), person = "bob" }), HttpStatusCode.BadRequest, "bad_request");
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/release", new { ids = Enumerable.Repeat(id, 201) }), HttpStatusCode.BadRequest, "bad_request");
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/{id}/escalate", new { revision = 1, person = new string('p', 201) }), HttpStatusCode.BadRequest, "bad_request");
    }

    [Fact]
    public async Task One_wrong_id_among_many_changes_nothing()
    {
        await using var loop = await WebLoop.StartAsync();
        var id = Assert.Single(await loop.RouteAsync(1));
        await loop.ProblemAsync(loop.PostAsync($"{Reviews}/assign", new { ids = new[] { id, "refund" }, person = "bob" }), HttpStatusCode.NotFound, "not_found");
        await loop.ClaimAsync();
    }

    [Fact]
    public async Task What_lies_below_the_api_and_is_nothing_is_a_problem_and_never_the_hosts_page()
    {
        await using var loop = await WebLoop.StartAsync(use: app => app.MapFallback(() => "the host"));
        await loop.ProblemAsync(loop.GetAsync("/humanloop/api/v1/nothing/here"), HttpStatusCode.NotFound, "not_found");
        using var page = await loop.GetAsync("/humanloop/nothing/here");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.DoesNotContain("the host", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>A body that does not say how long it is.</summary>
    private sealed class EndlessContent : HttpContent
    {
        private readonly int _length;

        public EndlessContent(int length)
        {
            _length = length;
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var chunk = new byte[64 * 1024];
            Array.Fill(chunk, (byte)' ');
            for (var sent = 0; sent < _length; sent += chunk.Length)
            {
                await stream.WriteAsync(chunk);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
