using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HumanLoop.AspNetCore.Tests;

/// <summary>An application with a loop in memory and the inbox mapped, in production and protected unless told otherwise.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "What an application answered is asked of the application.")]
internal sealed class WebLoop : IAsyncDisposable
{
    public const string Name = "refund";

    private WebLoop(WebApplication app)
    {
        App = app;
        Client = app.GetTestClient();
    }

    public WebApplication App { get; }

    public HttpClient Client { get; }

    public IReviewDesk Desk => App.Services.GetRequiredService<IReviewDesk>();

    public IDecisionRouter<Refund> Router => App.Services.GetRequiredService<IDecisionRouter<Refund>>();

    public static async Task<WebLoop> StartAsync(
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? use = null,
        Action<IEndpointRouteBuilder>? map = null,
        Action<IHumanLoopBuilder>? loop = null,
        string environment = "Production",
        params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(Required(Name).Concat(Required("other")));
        builder.Configuration["HumanLoop:AuditKey"] = "AAECAwQFBgcICQoLDA0ODw=="; // a key by which none of the tests' ids is drawn
        foreach (var (key, value) in settings)
        {
            builder.Configuration[$"HumanLoop:Workflows:{Name}:{key}"] = value;
        }

        builder.Services.AddAuthentication(Visitors.SchemeName).AddScheme<AuthenticationSchemeOptions, Visitors>(Visitors.SchemeName, null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("Reviewers", policy => policy.RequireAuthenticatedUser())
            .AddPolicy("Owners", policy => policy.RequireRole("owner"));
        var added = builder.Services.AddHumanLoop().UseInMemory().AddWorkflow<Refund>(Name, refund => refund
            .CountAsErrorWhen((proposed, right) => proposed.Amount != right.Amount)
            .UseHandler((_, _) => Task.CompletedTask));
        loop?.Invoke(added);
        build?.Invoke(builder);
        var app = builder.Build();
        use?.Invoke(app);
        if (map is null)
        {
            app.MapHumanLoop().RequireAuthorization("Reviewers");
        }
        else
        {
            map(app);
        }

        await app.StartAsync();
        return new(app);
    }

    /// <summary>Routes decisions that wait for a person.</summary>
    public async Task<IReadOnlyList<string>> RouteAsync(int count, Func<int, Decision<Refund>>? decision = null)
    {
        var addresses = new List<string>();
        for (var i = 1; i <= count; i++)
        {
            var one = decision?.Invoke(i) ?? Decision($"d-{i}");
            await Router.RouteAsync(one);
            addresses.Add(HumanLoop.AspNetCore.Visiting.ReviewAddress.Of(new(Name, one.Id)));
        }

        return addresses;
    }

    public static Decision<Refund> Decision(string id, double confidence = 0.62) =>
        new(new Refund("Ada", 12.50m) { Lines = [new("lamp", 1)] }) { Id = id, Confidence = confidence, Briefing = "The lamp came broken." };

    public Task<HttpResponseMessage> GetAsync(string path, string? user = "ann") => SendAsync(HttpMethod.Get, path, null, user);

    public Task<HttpResponseMessage> PostAsync(string path, object? body, string? user = "ann") =>
        SendAsync(HttpMethod.Post, path, body is null ? null : body as HttpContent ?? JsonContent.Create(body), user);

    /// <summary>Posts what a page of ours would: a form, from the same origin.</summary>
    public async Task<HttpResponseMessage> PostFormAsync(string path, string? user, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
            Headers = { { "Sec-Fetch-Site", "same-origin" }, { "X-HumanLoop", "1" } },
        };
        return await SendAsync(request, user);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, string? user)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        return await SendAsync(request, user);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? user)
    {
        if (user is not null)
        {
            request.Headers.Add("X-User", user);
        }

        return await Client.SendAsync(request);
    }

    public async Task<JsonElement> JsonAsync(Task<HttpResponseMessage> call, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{(int)response.StatusCode} instead of {(int)expected}: {text}");
        return JsonElement.Parse(text);
    }

    /// <summary>A refusal by its code, as problem details.</summary>
    public async Task<JsonElement> ProblemAsync(Task<HttpResponseMessage> call, HttpStatusCode status, string code)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} instead of {(int)status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(text);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
        return problem;
    }

    public async Task<JsonElement> ClaimAsync(string user = "ann") => Assert.Single((await JsonAsync(PostAsync("/humanloop/api/v1/reviews/claim", new { }, user))).EnumerateArray());

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }

    public static Dictionary<string, string?> Required(string name) => new()
    {
        [$"HumanLoop:Workflows:{name}:Owner"] = "ops-lead@example.com",
        [$"HumanLoop:Workflows:{name}:Metric:Name"] = "refunds without a human",
        [$"HumanLoop:Workflows:{name}:Metric:AtLeast"] = "0.6",
        [$"HumanLoop:Workflows:{name}:Threshold:Policy"] = "Fixed",
        [$"HumanLoop:Workflows:{name}:Threshold:Value"] = "0.9",
        [$"HumanLoop:Workflows:{name}:Threshold:AuditBudget"] = "0.01",
    };
}
