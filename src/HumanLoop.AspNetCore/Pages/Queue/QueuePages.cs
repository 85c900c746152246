using HumanLoop.AspNetCore.Admitting;
using HumanLoop.AspNetCore.Api;
using HumanLoop.AspNetCore.Comparing;
using HumanLoop.AspNetCore.Internal;
using HumanLoop.AspNetCore.Visiting;
using Microsoft.AspNetCore.Http;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>The queue as a list, and a single review to read.</summary>
internal static class QueuePages
{
    private const int PageSize = 50;
    private const int MaxNote = 2000;

    // A filter that the store does not know is applied here; it looks through so many before it offers to go on.
    private const int MostLookedAt = 2000;

    public static void Map(Site site)
    {
        site.Page("GET", "queue", Permission.View, ShowAsync);
        site.Page("GET", "reviews/{id}", Permission.View, ReadAsync);
        site.Page("POST", "reviews/{id}/note", Permission.Review, NoteAsync);
        site.Page("POST", "queue/release", Permission.Administer, visit => ActAsync(visit, "freed", (id, _) => visit.Desk.AssignAsync(id, null, visit.Person, visit.Aborted)));
        site.Page("POST", "queue/assign", Permission.Administer, visit => ActAsync(visit, "assigned", (id, form) => visit.Desk.AssignAsync(id, Person(form), visit.Person, visit.Aborted)));
        site.Page("POST", "queue/retry", Permission.Administer, visit => ActAsync(visit, "will be tried again", (id, _) => visit.Desk.RetryDeadLetterAsync(id, visit.Person, visit.Aborted)));
        site.Page("POST", "queue/settle", Permission.Administer, visit => ActAsync(visit, "settled", (id, form) => visit.Desk.SettleDeadLetterAsync(id, visit.Person, Note(form), visit.Aborted)));
    }

    private static async Task ShowAsync(Visit visit) =>
        await visit.WritePageAsync<QueuePage>((new Frame(visit, "Queue", "queue"), await ListAsync(visit, null)));

    private static async Task ReadAsync(Visit visit)
    {
        var id = visit.ReviewId();
        var review = await visit.Desk.GetAsync(id, visit.Aborted) ?? throw BadRequestException.NotFound("It was never routed, or it is so old that it was forgotten.");
        var changes = review.Correction is { } correction ? ProposalDiff.Of(review.Proposal, correction) : [];
        await visit.WritePageAsync<ReadReview>(new ReviewView(new(visit, id.DecisionId.Value, "queue"), CardView.Of(visit, review), changes, await visit.MayAsync(Permission.Review)));
    }

    private static async Task NoteAsync(Visit visit)
    {
        var text = (await visit.ReadFormAsync())["text"].ToString().Trim();
        if (text.Length is 0 or > MaxNote)
        {
            throw BadRequestException.Of($"A note has 1 to {MaxNote} characters.");
        }

        await visit.Desk.AddNoteAsync(visit.ReviewId(), text, visit.Person, visit.Aborted);
        visit.Http.Response.Headers["HX-Refresh"] = "true";
    }

    private static async Task ActAsync(Visit visit, string done, Func<ReviewId, IFormCollection, Task<ReviewResult>> act)
    {
        var form = await visit.ReadFormAsync();
        ReviewId[] ids = [.. form["id"].Take(ReviewApi.MaxBulk).Select(address => visit.Allowed(ReviewAddress.Parse(address ?? "")))];
        var (applied, refused) = (0, 0);
        foreach (var id in ids)
        {
            if ((await act(id, form)).IsApplied)
            {
                applied++;
            }
            else
            {
                refused++;
            }
        }

        var notice = ids.Length == 0 ? "Choose some first." : $"{applied} {done}{(refused == 0 ? "" : $", {refused} had moved on")}.";
        await visit.WritePartAsync<QueueTable>(await ListAsync(visit, notice));
    }

    private static async Task<QueueView> ListAsync(Visit visit, string? notice)
    {
        var view = new QueueView
        {
            Reviews = [],
            Workflows = [.. visit.Workflows],
            Workflow = visit.Query("workflow"),
            State = visit.Query("state") ?? "open",
            Segment = visit.Query("segment"),
            Reason = visit.Query("reason"),
            Age = visit.Query("age"),
            Now = visit.Time.GetUtcNow(),
            MayAdminister = await visit.MayAsync(Permission.Administer),
            MayReview = await visit.MayAsync(Permission.Review),
            Notice = notice,
        };
        var atLeast = QueueView.Ages.FirstOrDefault(age => age.Name == view.Age).AtLeast;
        var found = new List<Review>();
        var next = visit.Query("cursor");
        var looked = 0;
        do
        {
            var page = await ReviewApi.ReadAsync(visit, new() { Workflow = view.Workflow, States = DecisionStateNames.Parse(view.State), Segment = view.Segment, Limit = PageSize, Cursor = next });
            found.AddRange(page.Reviews.Where(review => visit.MayReview(review.Id.Workflow)
                && (view.Reason is null || review.Reason.StartsWith(view.Reason, StringComparison.Ordinal))
                && view.Now - review.RoutedAt >= atLeast));
            next = page.Next;
            looked += PageSize;
        }
        while (next is not null && found.Count < PageSize && looked < MostLookedAt);
        return view with { Reviews = found, Next = next };
    }

    private static string Person(IFormCollection form) => form["person"].ToString().Trim() is { Length: > 0 and <= 200 } person && !person.Any(char.IsControl)
        ? person
        : throw BadRequestException.Of("Say who shall have them.");

    private static string? Note(IFormCollection form) => form["note"].ToString() is { Length: > 0 and <= 1000 } note ? note : null;
}
