using System.Text.Json;
using HumanLoop.Cli.Input;
using HumanLoop.Queueing;

namespace HumanLoop.Cli.Store;

/// <summary>Reads and prints lists of reviews.</summary>
internal static class Listing
{
    private const int PageSize = 1_000;

    public static async Task<ReviewListReport> ReadAsync(OpenStore store, ListRequest request, Func<WorkItem, bool> wanted, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > 100_000)
        {
            throw new InputException($"--limit {limit}: expected a whole number from 1 to 100000.");
        }

        var found = new List<ReviewReport>();
        string? cursor = null;
        do
        {
            var page = await store.Queue.ListAsync(request with { Limit = PageSize, Cursor = cursor }, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items.Where(wanted))
            {
                if (found.Count == limit)
                {
                    return new(found, More: true);
                }

                found.Add(ReviewReport.Of(item));
            }

            cursor = page.Next;
        }
        while (cursor is not null);

        return new(found, More: false);
    }

    public static void Print(ReviewListReport list, bool json, string none)
    {
        Console.Out.WriteLine(json
            ? JsonSerializer.Serialize(list, StoreJsonContext.Default.ReviewListReport)
            : list.Reviews.Count == 0 ? none
            : string.Join(Environment.NewLine, [.. list.Reviews.Select(review => review.Line()), .. list.More ? ["… and more: raise --limit."] : Array.Empty<string>()]));
    }
}
