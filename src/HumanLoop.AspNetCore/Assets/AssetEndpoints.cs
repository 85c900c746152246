using HumanLoop.AspNetCore.Admitting;
using HumanLoop.AspNetCore.Visiting;

namespace HumanLoop.AspNetCore.Assets;

/// <summary>Hands out the embedded files.</summary>
internal static class AssetEndpoints
{
    public static void Map(Site site) => site.Page("GET", "_a/{version}/{file}", Permission.View, async visit =>
    {
        if (visit.RouteValue("version") != AssetFiles.Version || AssetFiles.Find(visit.RouteValue("file")) is not { } file)
        {
            throw BadRequestException.NotFound("There is no such file in this version.");
        }

        var response = visit.Http.Response;
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        response.Headers.Vary = "Accept-Encoding";
        response.ContentType = file.ContentType;
        var accepts = visit.Http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase);
        if (accepts)
        {
            response.Headers.ContentEncoding = "br";
        }

        var content = accepts ? file.Compressed : file.Content;
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, visit.Aborted);
    });
}
