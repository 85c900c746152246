using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace HumanLoop.AspNetCore.BrowserTests;

/// <summary>An application on a port of its own, with a loop in memory and a sign-in for the tests.</summary>
internal sealed class Site : IAsyncDisposable
{
    public const string Name = "claims";

    private readonly Chromium _chromium;
    private readonly List<IBrowserContext> _contexts = [];
    private readonly List<string> _problems = [];

    private Site(WebApplication app, Chromium chromium)
    {
        App = app;
        _chromium = chromium;
    }

    public WebApplication App { get; }

    public IReviewDesk Desk => App.Services.GetRequiredService<IReviewDesk>();

    public IDecisionRouter<Claim> Router => App.Services.GetRequiredService<IDecisionRouter<Claim>>();

    /// <summary>What went wrong in the browser: console errors, failed requests, refused answers, breaches of the content policy.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public static async Task<Site> StartAsync(Chromium chromium, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var section = $"HumanLoop:Workflows:{Name}";
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HumanLoop:PollInterval"] = "00:00:00.050",
            [$"{section}:Owner"] = "olga",
            [$"{section}:Metric:Name"] = "claims without a human",
            [$"{section}:Metric:AtLeast"] = "0.6",
            [$"{section}:Threshold:MaxErrorRate"] = "0.05",
            [$"{section}:Review:UndoWindow"] = "00:01:00",
            [$"{section}:Review:Reasons:0"] = "no_claim",
            [$"{section}:Review:Reasons:1"] = "fraud",
            [$"{section}:Review:Guidelines"] = "Be kind.\nBe quick.",
        });
        foreach (var (key, value) in settings)
        {
            builder.Configuration[$"{section}:{key}"] = value;
        }

        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorizationBuilder().AddPolicy("Owners", policy => policy.RequireRole("owner"));
        builder.Services.AddHumanLoop().UseInMemory().AddWorkflow<Claim>(Name, claims => claims.UseHandler((_, _) => Task.CompletedTask));
        var app = builder.Build();
        app.MapGet("/sign-in/{person}/{role}", async (HttpContext http, string person, string role) =>
        {
            await http.SignInAsync(new(new ClaimsIdentity([new(ClaimTypes.Name, person), new(ClaimTypes.Role, role)], CookieAuthenticationDefaults.AuthenticationScheme)));
            return Results.Text("in");
        });
        app.MapHumanLoop("/humanloop", options => (options.GovernPolicy, options.AdministerPolicy) = ("Owners", "Owners")).RequireAuthorization();
        await app.StartAsync();
        return new(app, chromium);
    }

    public string Address(string path) => $"{App.Urls.First()}/humanloop/{path}";

    public async Task RouteAsync(int count, double confidence = 0.7, string id = "claim")
    {
        for (var i = 1; i <= count; i++)
        {
            await Router.RouteAsync(new(new Claim("refund", $"We are sorry about lamp {i}.", 10 + i)) { Id = $"{id}-{i:00}", Confidence = confidence, Briefing = $"Lamp {i} came broken.", Segment = i % 2 == 0 ? "lamps" : "chairs" });
        }
    }

    /// <summary>A browser of somebody's own, signed in.</summary>
    public async Task<IPage> OpenAsync(string person, string path = "", string role = "reviewer", BrowserNewContextOptions? options = null)
    {
        var context = await _chromium.Browser.NewContextAsync(options ?? new() { ViewportSize = new() { Width = 1280, Height = 860 } });
        context.SetDefaultTimeout(30_000);
        _contexts.Add(context);
        var page = await context.NewPageAsync();
        page.Console += (_, message) => Note(message.Type == "error", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"script: {error}");
        page.RequestFailed += (_, request) => Note(request.Failure?.Contains("ERR_ABORTED", StringComparison.Ordinal) != true, $"failed: {request.Url} {request.Failure}");
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Status}: {response.Url}");
        page.Dialog += (_, dialog) => Note(dialog.Type == "alert", $"alert: {dialog.Message}");
        await context.APIRequest.GetAsync($"{App.Urls.First()}/sign-in/{person}/{role}");
        await page.GotoAsync(Address(path));
        return page;
    }

    public async Task<Review> ReviewAsync(string id) => await Desk.GetAsync(new(Name, id)) ?? throw new InvalidOperationException($"There is no review {id}.");

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.CloseAsync();
        }

        await App.DisposeAsync();
    }

    private void Note(bool isProblem, string problem)
    {
        if (isProblem)
        {
            lock (_problems)
            {
                _problems.Add(problem);
            }
        }
    }
}
