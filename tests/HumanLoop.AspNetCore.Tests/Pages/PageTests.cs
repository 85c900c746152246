using System.Net;
using HumanLoop.AspNetCore.Assets;
using Microsoft.Extensions.DependencyInjection;

namespace HumanLoop.AspNetCore.Tests.Pages;

public sealed class PageTests
{
    private const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>";

    [Fact]
    public async Task Whatever_a_proposal_holds_is_shown_as_text()
    {
        await using var loop = await WebLoop.StartAsync(settings: ("Review:Guidelines", Hostile));
        await loop.RouteAsync(1, _ => new(new Refund(Hostile, 1) { Note = Hostile, Lines = [new(Hostile, 1)] }) { Id = "a" + Hostile, Segment = Hostile, Model = Hostile, Briefing = Hostile, Confidence = 0.5 });
        var address = HumanLoop.AspNetCore.Visiting.ReviewAddress.Of(new("refund", "a" + Hostile));
        foreach (var page in (string[])["/humanloop/queue", $"/humanloop/reviews/{address}"])
        {
            using var response = await loop.GetAsync(page);
            Harmless(await response.Content.ReadAsStringAsync());
        }

        using var card = await loop.PostFormAsync("/humanloop/desk/next", "ann");
        var html = await card.Content.ReadAsStringAsync();
        Harmless(html);
        var revision = System.Text.RegularExpressions.Regex.Match(html, "data-revision=\"(\\d+)\"").Groups[1].Value;
        using var diff = await loop.PostFormAsync("/humanloop/desk/form", "ann", ("id", address), ("revision", revision), ("only", "diff"), ("f/customer", Hostile + "2"), ("f/amount", "1"));
        Harmless(await diff.Content.ReadAsStringAsync());
        using var decided = await loop.PostFormAsync("/humanloop/desk/decide", "ann", ("id", address), ("revision", revision), ("verdict", "rejected"), ("comment", Hostile), ("reason", Hostile));
        Harmless(await decided.Content.ReadAsStringAsync());
        using var read = await loop.GetAsync($"/humanloop/reviews/{address}");
        Harmless(await read.Content.ReadAsStringAsync());

        static void Harmless(string html)
        {
            Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
            Assert.DoesNotContain("\"'>", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_links_of_the_web_are_links()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1, _ => WebLoop.Decision("good") with { Link = new("https://example.com/ticket/1") });
        using var card = await loop.PostFormAsync("/humanloop/desk/next", "ann");
        Assert.Contains("href=\"https://example.com/ticket/1\" target=\"_blank\" rel=\"noopener noreferrer\"", await card.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(async () => await loop.Router.RouteAsync(WebLoop.Decision("bad") with { Link = new("javascript:alert(1)") }));
    }

    [Fact]
    public async Task Pages_and_answers_are_not_kept_by_anybody_and_files_for_ever()
    {
        await using var loop = await WebLoop.StartAsync();
        foreach (var address in (string[])["/humanloop/", "/humanloop/queue", "/humanloop/api/v1/reviews"])
        {
            using var response = await loop.GetAsync(address);
            Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }

        using var file = await loop.GetAsync($"/humanloop/{AssetFiles.AddressOf("inbox.js")}");
        Assert.Contains("immutable", file.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var old = await loop.GetAsync("/humanloop/_a/000000000000/inbox.js");
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
    }

    [Fact]
    public void The_first_load_is_light() =>
        Assert.InRange(AssetFiles.Find("inbox.js")!.Content.Length + AssetFiles.Find("humanloop.css")!.Content.Length + AssetFiles.Find("htmx.min.js")!.Content.Length, 1, 110 * 1024);

    [Fact]
    public void A_vendored_file_is_the_one_that_its_notice_names()
    {
        var notices = File.ReadAllText(Path.Combine(Root(), "src/HumanLoop.AspNetCore/THIRD-PARTY-NOTICES.txt"));
        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(AssetFiles.Find("htmx.min.js")!.Content)), notices, StringComparison.Ordinal);
    }

    [Fact]
    public void The_public_surface_is_one_method_and_its_options() => Assert.Equal(
        ["HumanLoop.AspNetCore.HumanLoopWebOptions", "Microsoft.AspNetCore.Builder.HumanLoopEndpointRouteBuilderExtensions"],
        typeof(HumanLoopWebOptions).Assembly.GetExportedTypes().Where(type => type.Namespace != "HumanLoop.AspNetCore.Internal").Select(type => type.FullName!).Order());

    [Fact]
    public async Task A_correction_that_cannot_be_read_comes_back_with_what_was_entered()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1);
        using var card = await loop.PostFormAsync("/humanloop/desk/next", "ann");
        var revision = System.Text.RegularExpressions.Regex.Match(await card.Content.ReadAsStringAsync(), "data-revision=\"(\\d+)\"").Groups[1].Value;
        using var refused = await loop.PostFormAsync("/humanloop/desk/decide", "ann", ("id", "refund:d-1"), ("revision", revision), ("verdict", "corrected"), ("f/customer", "Bob"), ("f/amount", "a lot"));
        var html = await refused.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("value=\"a lot\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"Bob\"", html, StringComparison.Ordinal);
        Assert.Contains("A number, such as", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_that_changes_nothing_approves()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1);
        using var card = await loop.PostFormAsync("/humanloop/desk/next", "ann");
        var revision = System.Text.RegularExpressions.Regex.Match(await card.Content.ReadAsStringAsync(), "data-revision=\"(\\d+)\"").Groups[1].Value;
        using var decided = await loop.PostFormAsync("/humanloop/desk/decide", "ann", ("id", "refund:d-1"), ("revision", revision), ("verdict", "corrected"), ("f/customer", "Ada"), ("f/amount", "12.50"));
        Assert.Contains("approved", await decided.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.IsType<Verdict.Approved>((await loop.Desk.GetAsync(new("refund", "d-1")))!.Verdict);
    }

    [Fact]
    public async Task A_blind_review_tells_nothing_of_the_AI_until_it_is_answered()
    {
        await using var loop = await WebLoop.StartAsync(settings: [("Threshold:AuditBudget", "1"), ("Review:BlindShare", "1")]);
        await loop.RouteAsync(1, _ => WebLoop.Decision("sure", 0.97) with { Segment = "gold", Model = "m-1" });
        var claimed = await loop.ClaimAsync();
        Assert.True(claimed.GetProperty("isBlind").GetBoolean());
        foreach (var hidden in (string[])["proposal", "confidence", "threshold", "reason", "isAudit", "segment", "model", "fields"])
        {
            Assert.False(claimed.TryGetProperty(hidden, out _), hidden);
        }

        using var listed = await loop.GetAsync("/humanloop/api/v1/reviews");
        using var read = await loop.GetAsync("/humanloop/reviews/refund:sure");
        using var queue = await loop.GetAsync("/humanloop/queue");
        using var card = await loop.PostFormAsync("/humanloop/desk/next", "ann");
        foreach (var answer in (HttpResponseMessage[])[listed, read, queue, card])
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Contains("sure", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Ada", text, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"(?<!\d)0\.97", text); // no part of a time
            Assert.DoesNotContain("audit_draw", text, StringComparison.Ordinal);
            Assert.DoesNotContain("already acted", text, StringComparison.Ordinal);
        }

        using var answered = await loop.PostFormAsync("/humanloop/desk/decide", "ann", ("id", "refund:sure"), ("revision", claimed.GetProperty("revision").ToString()), ("verdict", "corrected"), ("f/customer", "Ada"), ("f/amount", "12.50"), ("f/reason", "\"Late\""), ("n/lines", "0"));
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        var review = await loop.Desk.GetAsync(new("refund", "sure"));
        Assert.False(review!.IsBlind);
        Assert.NotNull(review.Verdict);
    }

    [Fact]
    public async Task A_note_is_kept_with_the_review_and_shown_to_the_next_reviewer()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1);
        using var noted = await loop.PostFormAsync("/humanloop/reviews/refund:d-1/note", "bob", ("text", "Called the shop <b>."));
        Assert.Equal(HttpStatusCode.OK, noted.StatusCode);
        using var empty = await loop.PostFormAsync("/humanloop/reviews/refund:d-1/note", "bob", ("text", " "));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        using var card = await loop.PostFormAsync("/humanloop/desk/next", "ann");
        Assert.Contains("Called the shop &lt;b&gt;.", await card.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_all_workflows_shows_how_the_channels_do()
    {
        await using var loop = await WebLoop.StartAsync(loop: added => added.AddWebhook("tools", hook =>
        {
            hook.Url = "https://tools.example.com/in";
            hook.Secrets.Add(HumanLoop.Webhooks.WebhookSignature.NewSecret());
        }));
        using var page = await loop.GetAsync("/humanloop/workflows");
        Assert.Contains("tools.example.com", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var enabled = await loop.PostFormAsync("/humanloop/channels/tools/enable", "ann");
        Assert.Equal(HttpStatusCode.OK, enabled.StatusCode);
        using var unknown = await loop.PostFormAsync("/humanloop/channels/none/enable", "ann");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Later_gives_the_review_back_and_shows_another_first()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(3);
        using var cards = await loop.PostFormAsync("/humanloop/desk/next", "ann");
        var revision = System.Text.RegularExpressions.Regex.Match(await cards.Content.ReadAsStringAsync(), "data-id=\"refund:d-1\" data-revision=\"(\\d+)\"").Groups[1].Value;
        using var later = await loop.PostFormAsync("/humanloop/desk/later", "ann", ("id", "refund:d-1"), ("revision", revision), ("have", "refund:d-2"));
        Assert.Contains("data-id=\"refund:d-3\"", await later.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(DecisionState.Pending, (await loop.Desk.GetAsync(new("refund", "d-1")))!.State);
    }

    [Fact]
    public async Task A_lost_lease_is_told_with_the_next_sign_of_life()
    {
        await using var loop = await WebLoop.StartAsync();
        await loop.RouteAsync(1);
        var held = await loop.ClaimAsync();
        using var kept = await loop.PostFormAsync("/humanloop/desk/keep", "ann", ("held", $"refund:d-1@{held.GetProperty("revision")}"));
        Assert.Equal("", await kept.Content.ReadAsStringAsync());
        await loop.Desk.AssignAsync(new("refund", "d-1"), "bob", "ops");
        using var lost = await loop.PostFormAsync("/humanloop/desk/keep", "ann", ("held", $"refund:d-1@{held.GetProperty("revision")}"));
        Assert.Equal("refund:d-1\n", await lost.Content.ReadAsStringAsync());
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "HumanLoop.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
