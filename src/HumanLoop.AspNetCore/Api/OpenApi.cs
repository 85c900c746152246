using System.Reflection;
using HumanLoop.AspNetCore.Admitting;
using HumanLoop.AspNetCore.Visiting;

namespace HumanLoop.AspNetCore.Api;

/// <summary>The description of the API, as it is embedded. Its addresses are relative to its own.</summary>
internal static class OpenApi
{
    private static readonly Lazy<byte[]> Document = new(() =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("openapi.json")!;
        var document = new byte[stream.Length];
        stream.ReadExactly(document);
        return document;
    });

    public static void Map(Site site) => site.Call("GET", "openapi.json", Permission.View, async visit =>
    {
        visit.Http.Response.ContentType = "application/json";
        await visit.Http.Response.Body.WriteAsync(Document.Value, visit.Aborted);
    });
}
