using System.Diagnostics;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace HumanLoop.Load;

/// <summary>An application with the inbox in it, on loopback, as a program of its own would be.</summary>
internal sealed class Inbox(WebApplication app, TimeSpan startedIn) : IAsyncDisposable
{
    public TimeSpan StartedIn => startedIn;

    public IServiceProvider Services => app.Services;

    public IDecisionRouter<Ticket> Router => app.Services.GetRequiredService<IDecisionRouter<Ticket>>();

    public static async Task<Inbox> StartAsync(Action<IHumanLoopBuilder> useStore)
    {
        var starting = Stopwatch.StartNew();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HumanLoop:Workflows:tickets:Owner"] = "ops",
            ["HumanLoop:Workflows:tickets:Metric:Name"] = "tickets without a human",
            ["HumanLoop:Workflows:tickets:Metric:AtLeast"] = "0.5",
            ["HumanLoop:Workflows:tickets:Threshold:MaxErrorRate"] = "0.05",

            // Whatever it learns, everything goes on being reviewed.
            ["HumanLoop:Workflows:tickets:Threshold:Loosening"] = "OwnerApproves",
            ["HumanLoop:Workflows:tickets:Review:Deadline"] = "30.00:00:00",
        });
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorization();
        var loop = builder.Services.AddHumanLoop();
        useStore(loop);
        loop.AddWorkflow<Ticket>("tickets", tickets => tickets.UseHandler((_, _) => Task.CompletedTask));
        var app = builder.Build();
        app.MapGet("/sign-in/{person}", SignInAsync);
        app.MapHumanLoop("/humanloop").RequireAuthorization();
        await app.StartAsync();
        return new(app, starting.Elapsed);
    }

    /// <summary>A browser or program of a person, with what the person can do.</summary>
    public async Task<HttpClient> SignedInAsync(string person, string? skill = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new() }) { BaseAddress = new(app.Urls.First()) };
        using var answer = await client.GetAsync($"/sign-in/{person}?skill={skill}");
        answer.EnsureSuccessStatusCode();
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static Task SignInAsync(HttpContext http, string person, string? skill)
    {
        List<Claim> claims = [new(ClaimTypes.Name, person)];
        if (!string.IsNullOrEmpty(skill))
        {
            claims.Add(new("skill", skill));
        }

        return http.SignInAsync(new(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme)));
    }
}
