using HumanLoop.AspNetCore.Admitting;
using HumanLoop.AspNetCore.Visiting;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>What lies below the prefix and is nothing: a host's own fallback must not answer for it.</summary>
internal static class NotFoundPages
{
    public static void Map(Site site)
    {
        foreach (var method in (string[])["GET", "POST"])
        {
            site.Call(method, "{**rest}", Permission.View, _ => throw BadRequestException.NotFound("The API has no such call; openapi.json lists them."));
            site.Page(method, "{**rest}", Permission.View, _ => throw BadRequestException.NotFound("There is no such page."));
        }
    }
}
