using System.Text.RegularExpressions;

namespace HumanLoop.Load;

/// <summary>One reviewer in a browser: the next item, with the verdict on the one before.</summary>
internal static class Desk
{
    // The first are for the compiler.
    private const int WarmUp = 100;

    public static async Task<Latencies> WorkAsync(HttpClient browser, int reviews)
    {
        var next = new Latencies("verdict and next item in the browser");
        var html = await TextAsync(browser, "desk/next", []);
        for (var i = -WarmUp; i < reviews; i++)
        {
            var card = Regex.Match(html, "data-id=\"([^\"]+)\" data-revision=\"(\\d+)\"");
            (string, string)[] fields = [("id", card.Groups[1].Value), ("revision", card.Groups[2].Value), ("verdict", "approved")];
            html = i < 0 ? await TextAsync(browser, "desk/decide", fields) : await next.TimeAsync(() => TextAsync(browser, "desk/decide", fields));
        }

        return next;
    }

    private static async Task<string> TextAsync(HttpClient client, string step, (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/humanloop/{step}") { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), Headers = { { "Sec-Fetch-Site", "same-origin" } } };
        using var answer = await client.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }
}
