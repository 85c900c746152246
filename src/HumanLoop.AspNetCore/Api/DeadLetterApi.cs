using HumanLoop.AspNetCore.Admitting;
using HumanLoop.AspNetCore.Visiting;

namespace HumanLoop.AspNetCore.Api;

/// <summary>What could not be acted on, by JSON.</summary>
internal static class DeadLetterApi
{
    private const int MaxNote = 1000;

    public static void Map(Site site)
    {
        site.Call("GET", "dead-letters", Permission.View, ListAsync);
        site.Call("POST", "dead-letters/{id}/retry", Permission.Administer, async visit => await visit.WriteAsync(await visit.Desk.RetryDeadLetterAsync(visit.ReviewId(), visit.Person, visit.Aborted)));
        site.Call("POST", "dead-letters/{id}/settle", Permission.Administer, SettleAsync);
    }

    private static async Task ListAsync(Visit visit)
    {
        var page = await ReviewApi.ReadAsync(visit, new() { Workflow = visit.Query("workflow"), States = [DecisionState.DeadLetter], Limit = visit.Limit(50, 1000), Cursor = visit.Query("cursor") });
        await visit.WriteAsync(new ReviewPageJson([.. page.Reviews.Where(review => visit.MayReview(review.Id.Workflow)).Select(ReviewJson.Of)], page.Next), ApiJsonContext.Default.ReviewPageJson);
    }

    private static async Task SettleAsync(Visit visit)
    {
        var id = visit.ReviewId();
        var note = (await visit.ReadAsync(ApiJsonContext.Default.SettleBody))?.Note;
        if (note?.Length > MaxNote)
        {
            throw BadRequestException.Of($"note has at most {MaxNote} characters.");
        }

        await visit.WriteAsync(await visit.Desk.SettleDeadLetterAsync(id, visit.Person, note, visit.Aborted));
    }
}
