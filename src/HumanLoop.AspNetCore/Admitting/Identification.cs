using System.Security.Claims;

namespace HumanLoop.AspNetCore.Admitting;

/// <summary>What a user is called as a reviewer.</summary>
internal static class Identification
{
    /// <summary>Who works in an inbox that is open to local callers in Development.</summary>
    public const string Developer = "developer";

    // The ones that a person recognises first; a display name comes late, for two people may share it.
    private static readonly string[] Claims = [ClaimTypes.Email, "email", "preferred_username", ClaimTypes.Upn, "upn", ClaimTypes.Name, "name", ClaimTypes.NameIdentifier, "sub"];

    public static string? Of(ClaimsPrincipal user) =>
        Claims.Select(user.FindFirstValue).Append(user.Identity?.Name).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
}
