using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace HumanLoop.Load;

/// <summary>Reviewers on the API.</summary>
internal static class Crowd
{
    /// <summary>One reviewer who works at several inboxes in turn, while one ticket comes in for each that is reviewed: the queues stay as long as they are, and what else the machine does slows all of them alike.</summary>
    public static async Task<IReadOnlyList<Latencies>> OneAsync(params IReadOnlyList<(Inbox Inbox, string Name, string? Skill)> turns)
    {
        List<(HttpClient Client, Latencies Claims)> places = [];
        foreach (var (inbox, name, skill) in turns)
        {
            places.Add((await inbox.SignedInAsync($"one of {name}", skill), new(name)));
        }

        for (var i = -200; i < 1000; i++)
        {
            for (var turn = 0; turn < turns.Count; turn++)
            {
                var (client, claims) = places[turn];
                await turns[turn].Inbox.Router.RouteAsync(Tickets.One($"in-between-{turn}-{i}", i & 63));
                var review = i < 0 ? await ClaimAsync(client) : await claims.TimeAsync(() => ClaimAsync(client));
                if (!await DecideAsync(client, review))
                {
                    throw new InvalidOperationException("A verdict was refused.");
                }
            }
        }

        places.ForEach(place => place.Client.Dispose());
        return [.. places.Select(place => place.Claims)];
    }

    /// <summary>Many at once; every second one has the skill.</summary>
    public static async Task<int> ManyAsync(Inbox inbox, int reviewers, int each)
    {
        var (claims, verdicts, seen, twice, errors) = (new Latencies($"claim, {reviewers} reviewers at once"), new Latencies("verdict, the same"), new ConcurrentDictionary<string, bool>(), 0, 0);
        var working = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(1, reviewers).Select(async n =>
        {
            using var client = await inbox.SignedInAsync($"reviewer-{n}", n % 2 == 0 ? Tickets.Skill : null);
            for (var i = 0; i < each; i++)
            {
                var review = await claims.TimeAsync(() => ClaimAsync(client));
                if (!seen.TryAdd(review.GetProperty("id").GetString()!, true))
                {
                    Interlocked.Increment(ref twice);
                }

                if (!await verdicts.TimeAsync(() => DecideAsync(client, review)))
                {
                    Interlocked.Increment(ref errors);
                }
            }
        }));
        Console.WriteLine(claims);
        Console.WriteLine(verdicts);
        Console.WriteLine($"{reviewers} reviewers, {seen.Count} reviews in {working.Elapsed.TotalSeconds:0.0} s: {twice} given twice, {errors} errors");
        return twice + errors;
    }

    private static async Task<JsonElement> ClaimAsync(HttpClient client)
    {
        using var claimed = await client.PostAsJsonAsync("/humanloop/api/v1/reviews/claim", new { limit = 1 });
        return JsonElement.Parse(await claimed.Content.ReadAsStringAsync())[0];
    }

    private static async Task<bool> DecideAsync(HttpClient client, JsonElement review)
    {
        using var decided = await client.PostAsJsonAsync($"/humanloop/api/v1/reviews/{review.GetProperty("id").GetString()}/verdict", new { revision = review.GetProperty("revision").GetInt64(), verdict = "approved" });
        return decided.StatusCode == HttpStatusCode.OK;
    }
}
