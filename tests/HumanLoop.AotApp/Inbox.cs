using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HumanLoop.AotApp;

/// <summary>The inbox as native code: every page, the API, and a correction by its form.</summary>
internal static partial class Inbox
{
    public static async Task RunAsync(Dictionary<string, string?> settings, Action<string, string> require)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddHumanLoop().UseInMemory().AddWorkflow("refund", RefundJson.Default.Refund, refund => refund.UseHandler((_, _) => Task.CompletedTask));
        await using var app = builder.Build();
        app.MapHumanLoop();
        await app.StartAsync();
        await app.Services.GetRequiredService<IDecisionRouter<Refund>>().RouteAsync(new(new Refund("A-1", 20)) { Id = "unsure", Confidence = 0.5 });
        using var client = new HttpClient { BaseAddress = new(app.Urls.First()) };
        foreach (var page in (string[])["/humanloop/", "/humanloop/queue", "/humanloop/workflows", "/humanloop/workflows/refund", "/humanloop/reviews/refund:unsure", "/humanloop/api/v1/reviews", "/humanloop/api/v1/workflows/refund"])
        {
            require(page, (await client.GetStringAsync(page)).Contains("refund", StringComparison.Ordinal) ? page : "a page that does not know the workflow");
        }

        var card = await PostAsync(client, "next");
        await PostAsync(client, "decide", ("id", "refund:unsure"), ("revision", Revision().Match(card).Groups[1].Value), ("verdict", "corrected"), ("f/order", "A-2"), ("f/amount", "25"));
        var review = await app.Services.GetRequiredService<IReviewDesk>().GetAsync(new("refund", "unsure"));
        require("A-2", review?.Correction?.GetProperty("order").GetString() ?? "no correction");
        await app.StopAsync();
    }

    private static async Task<string> PostAsync(HttpClient client, string step, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/humanloop/desk/{step}")
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
            Headers = { { "Sec-Fetch-Site", "same-origin" } },
        };
        using var response = await client.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    [GeneratedRegex("data-revision=\"(\\d+)\"")]
    private static partial Regex Revision();
}
