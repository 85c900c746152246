using Microsoft.Playwright;

namespace HumanLoop.AspNetCore.BrowserTests;

[Collection(ChromiumCollection.Name)]
[Trait("Category", "Browser")]
public sealed class EveryPageTests(Chromium chromium)
{
    private static readonly string[] Pages = ["", "queue", "queue?state=all", "workflows", "workflows/claims", "reviews/claims:claim-01", "reviews/claims:sure-01"];

    [BrowserFact]
    public async Task Every_page_is_free_of_errors_light_and_dark_and_fits_a_phone()
    {
        await using var site = await FilledAsync();
        foreach (var options in (BrowserNewContextOptions[])[
            new() { ViewportSize = new() { Width = 1280, Height = 860 }, ColorScheme = ColorScheme.Light },
            new() { ViewportSize = new() { Width = 1280, Height = 860 }, ColorScheme = ColorScheme.Dark },
            new() { ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true }])
        {
            var page = await site.OpenAsync("olga", role: "owner", options: options);
            foreach (var path in Pages)
            {
                await page.GotoAsync(site.Address(path), new() { WaitUntil = WaitUntilState.NetworkIdle });
                var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
                Assert.True(width <= options.ViewportSize!.Width, $"{path} is {width} pixels wide on a screen of {options.ViewportSize.Width}.");
            }
        }

        Assert.Empty(site.Problems);
    }

    [BrowserFact]
    public async Task Every_page_is_free_of_serious_barriers_by_axe()
    {
        var axe = Axe.Path;
        if (axe is null)
        {
            Assert.True(Environment.GetEnvironmentVariable("CI") is null or "" or "false", "axe-core is not here: HUMANLOOP_AXE names its axe.min.js.");
            return;
        }

        await using var site = await FilledAsync();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            // The policy of our pages forbids foreign script; the check alone is let past it.
            var page = await site.OpenAsync("olga", role: "owner", options: new() { ColorScheme = scheme, BypassCSP = true });
            foreach (var path in Pages)
            {
                await page.GotoAsync(site.Address(path), new() { WaitUntil = WaitUntilState.NetworkIdle });
                NoneOf(await SeriousAsync(page, axe));
                if (path.Length == 0)
                {
                    foreach (var key in (string[])["e", "Escape", "x", "Escape", "?"])
                    {
                        await page.Keyboard.PressAsync(key);
                        NoneOf(await SeriousAsync(page, axe));
                    }
                }
            }
        }
    }

    private static void NoneOf(string[] barriers) => Assert.True(barriers.Length == 0, string.Join(Environment.NewLine, barriers));

    private static async Task<string[]> SeriousAsync(IPage page, string axe)
    {
        await page.AddScriptTagAsync(new() { Path = axe });
        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run()).violations.filter(v => ['serious', 'critical'].includes(v.impact))
                .map(v => `${location.pathname}: ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html).join(' | ')}`)
            """);
    }

    private async Task<Site> FilledAsync()
    {
        var site = await Site.StartAsync(chromium);
        await site.RouteAsync(6);
        await site.RouteAsync(3, 0.95, "sure");
        for (var i = 1; i <= 3; i++)
        {
            await site.Desk.DecideAsync(new ReviewId(Site.Name, $"sure-{i:00}"), i == 3 ? new Verdict.Rejected { Reason = "fraud" } : new Verdict.Corrected(System.Text.Json.JsonElement.Parse("""{"answer":"nothing","reply":"No lamp, no money.","amount":0}""")), "ann");
        }

        return site;
    }
}
