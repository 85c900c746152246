using System.Diagnostics;
using Microsoft.Playwright;

namespace HumanLoop.AspNetCore.BrowserTests;

[Collection(ChromiumCollection.Name)]
[Trait("Category", "Browser")]
public sealed class DeskTests(Chromium chromium)
{
    private const string Card = "article.card";

    [BrowserFact]
    public async Task Twenty_reviews_are_decided_by_keyboard_alone()
    {
        await using var site = await Site.StartAsync(chromium);
        await site.RouteAsync(20);
        var page = await site.OpenAsync("ann");

        // Approve; correct by a number; correct a text; reject with a reason; cannot say; send up; later; take one back.
        await ShowsAsync(page, "claim-01");
        await page.Keyboard.PressAsync("a");
        await ShowsAsync(page, "claim-02");
        await page.Keyboard.PressAsync("2");
        await page.Keyboard.PressAsync("e");
        await ShowsAsync(page, "claim-03");
        await page.Keyboard.PressAsync("e");
        await page.Locator($"{Card} [name='f/reply']").FillAsync("We are very sorry.");
        await page.GetByText("What changes").WaitForAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await ShowsAsync(page, "claim-04");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("2");
        await page.Keyboard.PressAsync("x");
        await ShowsAsync(page, "claim-05");
        await page.Keyboard.PressAsync("n");
        await ShowsAsync(page, "claim-06");
        await page.Keyboard.PressAsync("f");
        await ShowsAsync(page, "claim-07");
        await page.Keyboard.PressAsync("s");
        await ShowsAsync(page, "claim-08");
        await page.Keyboard.PressAsync("a");
        await page.Locator("#history [data-done='claims:claim-08']").WaitForAsync();
        await page.Keyboard.PressAsync("u");
        await ShowsAsync(page, "claim-08");

        for (var left = 20; left > 0 && await page.Locator(Card).CountAsync() > 0; left--)
        {
            var id = await page.Locator(Card).GetAttributeAsync("data-id");
            await page.Keyboard.PressAsync("a");
            await page.Locator($"{Card}[data-id='{id}']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            await page.WaitForFunctionAsync("() => document.querySelector('article.card') || /Nothing waits/.test(document.querySelector('#waiting').textContent)");
        }

        Assert.IsType<Verdict.Approved>((await site.ReviewAsync("claim-01")).Verdict);
        Assert.Equal("replacement", (await site.ReviewAsync("claim-02")).Correction!.Value.GetProperty("answer").GetString());
        Assert.Equal("We are very sorry.", (await site.ReviewAsync("claim-03")).Correction!.Value.GetProperty("reply").GetString());
        Assert.Equal("fraud", Assert.IsType<Verdict.Rejected>((await site.ReviewAsync("claim-04")).Verdict).Reason);
        Assert.Equal(DecisionState.Pending, (await site.ReviewAsync("claim-05")).State);
        Assert.Equal("olga", (await site.ReviewAsync("claim-06")).AssignedTo);
        foreach (var id in Enumerable.Range(7, 14))
        {
            Assert.IsType<Verdict.Approved>((await site.ReviewAsync($"claim-{id:00}")).Verdict);
        }

        Assert.Empty(site.Problems);
    }

    [BrowserFact]
    public async Task Two_browsers_never_get_the_same_review()
    {
        await using var site = await Site.StartAsync(chromium);
        // A few more than are decided, for each browser holds the next one too.
        await site.RouteAsync(30);
        var pages = await Task.WhenAll(site.OpenAsync("ann"), site.OpenAsync("bob"));
        var seen = await Task.WhenAll(pages.Select(page => DecideAsync(page, 12)));
        Assert.Empty(seen[0].Intersect(seen[1]));
        Assert.Equal(24, seen[0].Concat(seen[1]).Distinct().Count());
        Assert.Empty(site.Problems);
    }

    [BrowserFact]
    public async Task Sixty_reviews_take_less_than_a_minute()
    {
        await using var site = await Site.StartAsync(chromium);
        await site.RouteAsync(60);
        var page = await site.OpenAsync("ann");
        await page.Locator(Card).WaitForAsync();
        var clock = Stopwatch.StartNew();
        Assert.Equal(60, (await DecideAsync(page, 60)).Distinct().Count());
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Empty(site.Problems);
    }

    [BrowserFact]
    public async Task Losing_the_lease_is_told_and_the_next_review_comes()
    {
        await using var site = await Site.StartAsync(chromium, ("Review:Lease", "00:00:10"));
        await site.RouteAsync(3);
        var page = await site.OpenAsync("ann");
        await ShowsAsync(page, "claim-01");
        await site.Desk.AssignAsync(new(Site.Name, "claim-01"), "bob", "ops");
        await page.GetByText("Your hold on that review had ended").WaitForAsync();
        await ShowsAsync(page, "claim-02");
        Assert.Empty(site.Problems);
    }

    [BrowserFact]
    public async Task A_verdict_that_comes_too_late_is_told_and_changes_nothing()
    {
        await using var site = await Site.StartAsync(chromium);
        await site.RouteAsync(2);
        var page = await site.OpenAsync("ann");
        await ShowsAsync(page, "claim-01");
        await site.Desk.DecideAsync(new ReviewId(Site.Name, "claim-01"), new Verdict.Rejected(), "bob");
        await page.Keyboard.PressAsync("a");
        await page.GetByText("Somebody decided before").WaitForAsync();
        Assert.Equal("bob", (await site.ReviewAsync("claim-01")).Verdict!.Reviewer);
    }

    [BrowserFact]
    public async Task A_reload_shows_the_same_review_and_the_last_verdicts()
    {
        await using var site = await Site.StartAsync(chromium);
        await site.RouteAsync(4);
        var page = await site.OpenAsync("ann");
        await ShowsAsync(page, "claim-01");
        await page.Keyboard.PressAsync("a");
        await page.Locator("#history li").WaitForAsync();
        await ShowsAsync(page, "claim-02");
        await page.ReloadAsync();
        await ShowsAsync(page, "claim-02");
        await page.Locator("#history [data-done='claims:claim-01'] [data-undo]").ClickAsync();
        await ShowsAsync(page, "claim-01");
        Assert.Empty(site.Problems);
    }

    [BrowserFact]
    public async Task Keys_can_be_changed_and_never_fire_in_a_field()
    {
        await using var site = await Site.StartAsync(chromium);
        await site.RouteAsync(3);
        var page = await site.OpenAsync("ann");
        await ShowsAsync(page, "claim-01");
        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Key for Approve" }).ClickAsync();
        await page.Keyboard.PressAsync("j");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await page.Keyboard.PressAsync("e");
        await page.Locator($"{Card} [name='f/reply']").PressAsync("j");
        await ShowsAsync(page, "claim-01");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("j");
        await ShowsAsync(page, "claim-02");
        Assert.IsType<Verdict.Approved>((await site.ReviewAsync("claim-01")).Verdict);
        Assert.Empty(site.Problems);
    }

    [BrowserFact]
    public async Task Hostile_text_runs_nowhere()
    {
        const string hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>";
        await using var site = await Site.StartAsync(chromium, ("Review:Guidelines", hostile));
        await site.Router.RouteAsync(new(new Claim("refund", hostile, 1)) { Id = "a" + hostile, Confidence = 0.5, Briefing = hostile, Segment = hostile });
        var page = await site.OpenAsync("ann");
        await page.Locator(Card).WaitForAsync();
        await page.Keyboard.PressAsync("e");
        await page.Locator($"{Card} [name='f/reply']").FillAsync(hostile + hostile);
        await page.GetByText("What changes").WaitForAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("#history li").WaitForAsync();
        await page.Locator("#history a").ClickAsync();
        await page.GetByText("The verdict").WaitForAsync();
        Assert.Empty(site.Problems);
    }

    private static Task ShowsAsync(IPage page, string id) => page.Locator($"{Card}[data-id='{Site.Name}:{id}']").WaitForAsync();

    private static async Task<IReadOnlyList<string>> DecideAsync(IPage page, int count)
    {
        var seen = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var card = page.Locator(Card);
            await card.WaitForAsync();
            var id = (await card.GetAttributeAsync("data-id"))!;
            seen.Add(id);
            await page.Keyboard.PressAsync("a");
            await page.Locator($"{Card}[data-id='{id}']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        await page.WaitForFunctionAsync($"() => document.querySelector('#progress').textContent.includes('you decided {count}')");
        return seen;
    }
}
