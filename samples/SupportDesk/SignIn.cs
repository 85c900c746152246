using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace SupportDesk;

/// <summary>A sign-in for trying things out: whoever opens the page chooses who they are. A real application has a real one.</summary>
internal static class SignIn
{
    private static readonly Dictionary<string, string[]> People = new()
    {
        ["ann@example.com"] = ["reviewer"],
        ["bob@example.com"] = ["reviewer"],
        ["support-lead@example.com"] = ["reviewer", "owner"],
    };

    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie => cookie.LoginPath = "/sign-in");
        services.AddAuthorizationBuilder()
            .AddPolicy("Reviewers", policy => policy.RequireRole("reviewer"))
            .AddPolicy("Owners", policy => policy.RequireRole("owner"));
    }

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/", () => Results.Redirect("humanloop/"));
        app.MapGet("/sign-in", () => Results.Content(
            $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Who are you?</title><link rel=\"icon\" href=\"data:,\"><main><h1>Who are you?</h1><form method=\"post\">{string.Concat(People.Select(person => $"<p><button name=\"person\" value=\"{person.Key}\">{person.Key} ({string.Join(", ", person.Value)})</button></p>"))}</form></main></html>",
            "text/html; charset=utf-8"));
        app.MapPost("/sign-in", async (HttpContext http) =>
        {
            var person = (await http.Request.ReadFormAsync())["person"].ToString();
            if (!People.TryGetValue(person, out var roles))
            {
                return Results.BadRequest();
            }

            var identity = new ClaimsIdentity([new(ClaimTypes.Email, person), .. roles.Select(role => new Claim(ClaimTypes.Role, role))], CookieAuthenticationDefaults.AuthenticationScheme);
            await http.SignInAsync(new(identity));
            return Results.LocalRedirect("/humanloop/");
        });
    }
}
