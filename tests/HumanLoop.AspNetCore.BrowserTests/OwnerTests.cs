using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace HumanLoop.AspNetCore.BrowserTests;

[Collection(ChromiumCollection.Name)]
[Trait("Category", "Browser")]
public sealed class OwnerTests(Chromium chromium)
{
    [BrowserFact]
    public async Task The_owner_pauses_and_resumes()
    {
        await using var site = await Site.StartAsync(chromium);
        var page = await site.OpenAsync("olga", "workflows/claims", "owner");
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.GetByLabel("Reason").FillAsync("looks wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).WaitForAsync();
        Assert.True(site.App.Services.GetRequiredService<IWorkflowControl>().IsPaused(Site.Name));
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).WaitForAsync();
        Assert.Empty(site.Problems);
    }

    [BrowserFact]
    public async Task The_owner_approves_a_loosening_that_the_evidence_proposes()
    {
        await using var site = await Site.StartAsync(chromium, ("Threshold:MaxErrorRate", "0.2"), ("Threshold:Loosening", "OwnerApproves"), ("Review:UndoWindow", "00:00:00"));
        for (var i = 0; i < 260; i++)
        {
            var id = $"d-{i}";
            await site.Router.RouteAsync(new(new Claim("refund", "Sorry.", 1)) { Id = id, Confidence = 0.5 + (i % 50 * 0.01) });
            await site.Desk.DecideAsync(new ReviewId(Site.Name, id), new Verdict.Approved(), "ann");
        }

        var control = site.App.Services.GetRequiredService<IWorkflowControl>();
        for (var tries = 0; (await control.GetThresholdsAsync(Site.Name)).All(threshold => threshold.ProposalId is null); tries++)
        {
            Assert.True(tries < 600, "Nothing was proposed.");
            await Task.Delay(50);
        }

        var page = await site.OpenAsync("olga", "workflows/claims", "owner");
        await page.GetByText("A looser threshold waits for your word.").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).First.ClickAsync();
        await page.GetByText("Approved: it will be in force").WaitForAsync();
        for (var tries = 0; (await control.GetThresholdChangesAsync(Site.Name)).All(change => change.Change.IsProposal || change.Change.To.IsReviewEverything); tries++)
        {
            Assert.True(tries < 600, "The threshold did not change.");
            await Task.Delay(50);
        }

        Assert.Contains(await control.GetThresholdsAsync(Site.Name), threshold => threshold is { HasPromise: true, IsEarned: true });
        Assert.Empty(site.Problems);
    }

    [BrowserFact]
    public async Task The_owner_assigns_from_the_queue_and_a_reviewer_cannot()
    {
        await using var site = await Site.StartAsync(chromium);
        await site.RouteAsync(2);
        var page = await site.OpenAsync("olga", "queue", "owner");
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.GetByLabel("Choose claim-02").CheckAsync();
        await page.GetByLabel("Person to assign to").FillAsync("bob");
        await page.GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
        await page.GetByText("1 assigned.").WaitForAsync();
        Assert.Equal("bob", (await site.ReviewAsync("claim-02")).AssignedTo);
        var reviewer = await site.OpenAsync("ann", "queue");
        Assert.Equal(0, await reviewer.GetByRole(AriaRole.Button, new() { Name = "Assign" }).CountAsync());
        await reviewer.GetByRole(AriaRole.Link, new() { Name = "Review claim-01" }).ClickAsync();
        await reviewer.Locator("article.card[data-id='claims:claim-01']").WaitForAsync();
        Assert.Empty(site.Problems);
    }
}
