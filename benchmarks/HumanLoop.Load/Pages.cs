using System.Text.Json;
using HumanLoop.Queueing;

namespace HumanLoop.Load;

/// <summary>The pages and lists that people and programs look at.</summary>
internal static class Pages
{
    private const string Api = "/humanloop/api/v1/reviews?limit=50";

    public static async Task<IReadOnlyList<Latencies>> ReadAsync(Inbox inbox, HttpClient client, int deep)
    {
        var cursor = await CursorAsync(client, deep);
        (string Name, string Address)[] pages =
        [
            ("page of the desk", "/humanloop/"),
            ("queue page", "/humanloop/queue"),
            ("queue page, rare segment", $"/humanloop/queue?segment={Tickets.RareSegment}"),
            ("owner's page", "/humanloop/workflows/tickets"),
            ("all workflows", "/humanloop/workflows"),
            ("list", Api),
            ("list by workflow", $"{Api}&workflow=tickets"),
            ("list by state", $"{Api}&state=pending"),
            ("list by segment", $"{Api}&segment=lamps"),
            ("list by rare segment", $"{Api}&segment={Tickets.RareSegment}"),
            ("list by rare segment and state", $"{Api}&segment={Tickets.RareSegment}&state=pending&workflow=tickets"),
            ($"list, {deep} deep", $"{Api}&cursor={cursor}"),
            ($"list by segment and state, {deep} deep", $"{Api}&segment=chairs&state=pending&cursor={cursor}"),
        ];
        var measured = pages.Select(page => new Latencies(page.Name)).Append(new("list by subject (the queue's own)")).ToList();
        var queue = inbox.Services.GetRequiredService<IReviewQueue>();
        for (var i = -10; i < 300; i++)
        {
            for (var page = 0; page < pages.Length; page++)
            {
                var address = pages[page].Address;
                await TimeAsync(measured[page], () => client.GetStringAsync(address));
            }

            await TimeAsync(measured[^1], async () => await queue.ListAsync(new() { Subject = Tickets.Subject }));

            async Task TimeAsync<T>(Latencies latencies, Func<Task<T>> call) => _ = i < 0 ? await call() : await latencies.TimeAsync(call);
        }

        return measured;
    }

    private static async Task<string?> CursorAsync(HttpClient client, int deep)
    {
        string? cursor = null;
        for (var seen = 0; seen < deep; seen += 1000)
        {
            var page = JsonElement.Parse(await client.GetStringAsync($"/humanloop/api/v1/reviews?limit=1000&cursor={cursor}"));
            if (page.GetProperty("next").GetString() is not { } next)
            {
                break;
            }

            cursor = next;
        }

        return cursor;
    }
}
