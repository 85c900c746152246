using HumanLoop.AspNetCore.Admitting;
using HumanLoop.AspNetCore.Visiting;

namespace HumanLoop.AspNetCore.Api;

/// <summary>Reviews by JSON: the same desk that the pages use.</summary>
internal static class ReviewApi
{
    /// <summary>How many reviews one bulk call may name.</summary>
    public const int MaxBulk = 200;

    public static void Map(Site site)
    {
        site.Call("GET", "reviews", Permission.View, ListAsync);
        site.Call("POST", "reviews/claim", Permission.Review, ClaimAsync);
        site.Call("POST", "reviews/release", Permission.Administer, ReleaseManyAsync);
        site.Call("POST", "reviews/assign", Permission.Administer, AssignManyAsync);
        site.Call("GET", "reviews/{id}", Permission.View, GetAsync);
        site.Call("POST", "reviews/{id}/extend", Permission.Review, async visit => await visit.WriteAsync(await visit.Desk.ExtendAsync(visit.ReviewId(), await RevisionAsync(visit), visit.Person, visit.Aborted)));
        site.Call("POST", "reviews/{id}/release", Permission.Review, async visit => await visit.WriteAsync(await visit.Desk.ReleaseAsync(visit.ReviewId(), await RevisionAsync(visit), visit.Person, visit.Aborted)));
        site.Call("POST", "reviews/{id}/undo", Permission.Review, async visit => await visit.WriteAsync(await visit.Desk.UndoAsync(visit.ReviewId(), await RevisionAsync(visit), visit.Person, visit.Aborted)));
        site.Call("POST", "reviews/{id}/escalate", Permission.Review, EscalateAsync);
        site.Call("POST", "reviews/{id}/verdict", Permission.Review, DecideAsync);
    }

    private static async Task ListAsync(Visit visit)
    {
        var query = new ReviewQuery
        {
            Workflow = visit.Query("workflow"),
            States = DecisionStateNames.Parse(visit.Query("state")),
            Segment = visit.Query("segment"),
            Limit = visit.Limit(50, 1000),
            Cursor = visit.Query("cursor"),
        };
        if (query.Workflow is { } name && (visit.FindWorkflow(name) is not { } workflow || !visit.MayReview(workflow)))
        {
            throw BadRequestException.NotFound($"There is no workflow '{name}' here.");
        }

        var page = await ReadAsync(visit, query);
        await visit.WriteAsync(new ReviewPageJson([.. page.Reviews.Where(review => visit.MayReview(review.Id.Workflow)).Select(ReviewJson.Of)], page.Next), ApiJsonContext.Default.ReviewPageJson);
    }

    /// <summary>A page of the desk; a cursor that is none of its own is the caller's mistake.</summary>
    public static async Task<ReviewPage> ReadAsync(Visit visit, ReviewQuery query)
    {
        try
        {
            return await visit.Desk.ListAsync(query, visit.Aborted);
        }
        catch (ArgumentException)
        {
            throw BadRequestException.Of("The cursor is not one that this list gave.");
        }
    }

    private static async Task ClaimAsync(Visit visit)
    {
        var body = await visit.ReadAsync(ApiJsonContext.Default.ClaimBody);
        if (body?.Workflow is { } name && (visit.FindWorkflow(name) is not { } workflow || !visit.MayReview(workflow)))
        {
            throw BadRequestException.NotFound($"There is no workflow '{name}' here.");
        }

        var reviews = await ClaimAsync(visit, body?.Workflow, body?.Segment, Exchange.Limit(body?.Limit ?? 1, 100));
        await visit.WriteAsync([.. reviews.Select(ReviewJson.Of)], ApiJsonContext.Default.IReadOnlyListReviewJson);
    }

    /// <summary>The most urgent free reviews of those that the caller may see.</summary>
    public static async Task<IReadOnlyList<Review>> ClaimAsync(Visit visit, string? workflow, string? segment, int limit)
    {
        string[] mine = [.. visit.Workflows.Select(one => one.Name)];
        return mine.Length == 0
            ? []
            : await visit.Desk.ClaimAsync(new() { Workflow = workflow, Workflows = mine.Length == visit.AllWorkflows.Count ? [] : mine, Segment = segment, Skills = visit.Skills, Limit = limit }, visit.Person, visit.Aborted);
    }

    private static async Task GetAsync(Visit visit)
    {
        var id = visit.ReviewId();
        var review = await visit.Desk.GetAsync(id, visit.Aborted) ?? throw BadRequestException.NotFound($"There is no review '{ReviewAddress.Of(id)}'.");
        await visit.WriteAsync(ReviewJson.Of(review), ApiJsonContext.Default.ReviewJson);
    }

    private static async Task EscalateAsync(Visit visit)
    {
        var body = await visit.ReadAsync(ApiJsonContext.Default.EscalateBody);
        var person = Person(body?.Person);
        await visit.WriteAsync(await visit.Desk.EscalateAsync(visit.ReviewId(), Revision(body?.Revision), visit.Person, person, visit.Aborted));
    }

    private static async Task DecideAsync(Visit visit)
    {
        var id = visit.ReviewId();
        var body = await visit.ReadAsync(ApiJsonContext.Default.VerdictBody) ?? throw BadRequestException.Of("The body misses: an object with revision and verdict.");
        var verdict = Verdicts.Of(body.Verdict, body.Proposal, body.ProposalWasRight == true, body.Reason, body.Comment);
        await visit.WriteAsync(await visit.Desk.DecideAsync(id, Revision(body.Revision), verdict, visit.Person, visit.Aborted));
    }

    private static async Task ReleaseManyAsync(Visit visit)
    {
        var body = await visit.ReadAsync(ApiJsonContext.Default.ReleaseManyBody);
        await AssignManyAsync(visit, body?.Ids, null);
    }

    private static async Task AssignManyAsync(Visit visit)
    {
        var body = await visit.ReadAsync(ApiJsonContext.Default.AssignManyBody);
        await AssignManyAsync(visit, body?.Ids, Person(body?.Person) ?? throw BadRequestException.Of("person misses: who shall have these reviews. To give them to anybody, release them."));
    }

    private static async Task AssignManyAsync(Visit visit, IReadOnlyList<string>? addresses, string? person)
    {
        if (addresses is not { Count: > 0 and <= MaxBulk })
        {
            throw BadRequestException.Of($"ids is a list of 1 to {MaxBulk} reviews.");
        }

        // All are read before the first is touched: a typing error changes nothing.
        ReviewId[] ids = [.. addresses.Select(address => visit.Allowed(ReviewAddress.Parse(address ?? "")))];
        var results = new List<ItemResultJson>(ids.Length);
        foreach (var id in ids)
        {
            var result = await visit.Desk.AssignAsync(id, person, visit.Person, visit.Aborted);
            results.Add(new(ReviewAddress.Of(id), result.IsApplied ? "applied" : Problem.Of(result).Code));
        }

        await visit.WriteAsync(results, ApiJsonContext.Default.IReadOnlyListItemResultJson);
    }

    private static async Task<long> RevisionAsync(Visit visit) => Revision((await visit.ReadAsync(ApiJsonContext.Default.RevisionBody))?.Revision);

    private static long Revision(long? revision) => revision ?? throw BadRequestException.Of("revision misses: the one of the review that you saw.");

    private static string? Person(string? person) => person is null || (person.Trim().Length is > 0 and <= 200 && !person.Any(char.IsControl))
        ? person?.Trim()
        : throw BadRequestException.Of("person is 1 to 200 characters without control characters.");
}
