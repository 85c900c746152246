using System.Text.Json;
using HumanLoop.AspNetCore.Admitting;
using HumanLoop.AspNetCore.Api;
using HumanLoop.AspNetCore.Comparing;
using HumanLoop.AspNetCore.Forms;
using HumanLoop.AspNetCore.Internal;
using HumanLoop.AspNetCore.Visiting;
using Microsoft.AspNetCore.Http;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>Where one reviews: a page that stays, and the small steps that it asks for.</summary>
internal static class DeskPages
{
    /// <summary>How many reviews a browser holds: the one that is looked at, and the next.</summary>
    private const int Held = 2;

    public static void Map(Site site)
    {
        site.Page("GET", "", Permission.View, ShowAsync);
        site.Page("POST", "desk/next", Permission.Review, NextAsync);
        site.Page("POST", "desk/take", Permission.Review, TakeAsync);
        site.Page("POST", "desk/decide", Permission.Review, DecideAsync);
        site.Page("POST", "desk/escalate", Permission.Review, EscalateAsync);
        site.Page("POST", "desk/later", Permission.Review, LaterAsync);
        site.Page("POST", "desk/undo", Permission.Review, UndoAsync);
        site.Page("POST", "desk/keep", Permission.Review, KeepAsync);
        site.Page("POST", "desk/form", Permission.Review, EnteredAsync);
        site.Page("POST", "desk/done", Permission.Review, DoneAsync);
    }

    private static async Task ShowAsync(Visit visit)
    {
        // The page's addresses are relative: it must be asked for as a folder.
        if (visit.Http.Request.Path.Value is { } path && !path.EndsWith('/'))
        {
            visit.Http.Response.Redirect($"{path[(path.LastIndexOf('/') + 1)..]}/{visit.Http.Request.QueryString}");
            return;
        }

        await visit.WritePageAsync<DeskPage>(new DeskView(new(visit, "Review", "desk"), [.. visit.Workflows], visit.Query("workflow"), visit.Query("segment"), visit.Query("take")));
    }

    private static async Task NextAsync(Visit visit)
    {
        var form = await visit.ReadFormAsync();
        await ReplyAsync(visit, form, new());
    }

    private static async Task TakeAsync(Visit visit)
    {
        var form = await visit.ReadFormAsync();
        var result = await visit.Desk.TakeAsync(Id(visit, form), visit.Person, visit.Aborted);
        await ReplyAsync(visit, form, result.IsApplied ? new() { Cards = [CardView.Of(visit, result.Review!)] } : new() { Notice = Sorry(result) });
    }

    private static async Task DecideAsync(Visit visit)
    {
        var form = await visit.ReadFormAsync();
        var id = Id(visit, form);
        var revision = Revision(form);
        JsonElement? entered = null;
        Review? before = null;
        if (form["verdict"] == "corrected")
        {
            before = await visit.Desk.GetAsync(id, visit.Aborted) ?? throw BadRequestException.NotFound("There is no such review.");
            var reading = new FormReading(form);
            entered = reading.Read(CardView.SchemaOf(visit.FindWorkflow(id.Workflow)), before.Proposal);
            if (reading.Problems.Count > 0)
            {
                await visit.WritePartAsync<Reply>(new DeskReply { Cards = [CardView.Of(visit, before, entered, reading.Problems)] }, StatusCodes.Status422UnprocessableEntity);
                return;
            }
        }

        // A correction that changes nothing approves.
        var approves = form["verdict"] == "approved" || (before?.Proposal is { } proposal && entered is { } same && JsonElement.DeepEquals(proposal, same));
        var verdict = Verdicts.Of(approves ? "approved" : form["verdict"], entered, form["right"] == "true", form["reason"], form["comment"]);
        var result = await visit.Desk.DecideAsync(id, revision, verdict, visit.Person, visit.Aborted);
        if (result.Status == TransitionStatus.InvalidProposal)
        {
            await visit.WritePartAsync<Reply>(new DeskReply { Cards = [CardView.Of(visit, result.Review!, entered, problem: result.Problem)] }, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        await ReplyAsync(visit, form, result.IsApplied ? new() { Done = [Done(visit, result.Review!)] } : new() { Notice = Sorry(result) });
    }

    private static async Task EscalateAsync(Visit visit)
    {
        var form = await visit.ReadFormAsync();
        var result = await visit.Desk.EscalateAsync(Id(visit, form), Revision(form), visit.Person, null, visit.Aborted);
        await ReplyAsync(visit, form, new() { Notice = !result.IsApplied ? Sorry(result) : result.Review!.AssignedTo is { } person && person != visit.Person ? $"Sent up to {person}." : "There is nobody further up; you are reminded of it." });
    }

    private static async Task LaterAsync(Visit visit)
    {
        var form = await visit.ReadFormAsync();
        var id = Id(visit, form);

        // The others are claimed before this one is free again, or it would come straight back.
        var have = Have(form);
        var cards = await CardsAsync(visit, form, [.. have, ReviewAddress.Of(id)], Held - have.Count);
        var result = await visit.Desk.ReleaseAsync(id, Revision(form), visit.Person, visit.Aborted);
        await ReplyAsync(visit, form, new() { Cards = cards, Notice = result.IsApplied ? null : Sorry(result) }, fill: cards.Count == 0);
    }

    private static async Task UndoAsync(Visit visit)
    {
        var form = await visit.ReadFormAsync();
        var id = Id(visit, form);
        var undone = await visit.Desk.UndoAsync(id, Revision(form), visit.Person, visit.Aborted);
        var taken = undone.IsApplied ? await visit.Desk.TakeAsync(id, visit.Person, visit.Aborted) : undone;
        await ReplyAsync(visit, form, taken.IsApplied ? new() { Cards = [CardView.Of(visit, taken.Review!)], Notice = "Taken back." } : new() { Notice = undone.IsApplied ? "Taken back. Somebody else may decide it now." : "Too late to take it back." }, fill: false);
    }

    /// <summary>Signs of life: each review that is held, kept for another lease.</summary>
    private static async Task KeepAsync(Visit visit)
    {
        var form = await visit.ReadFormAsync();
        foreach (var held in form["held"].Take(10))
        {
            if (held?.LastIndexOf('@') is > 0 and var at && ReviewAddress.TryParse(held[..at], out var id) && long.TryParse(held[(at + 1)..], out var revision)
                && !(await visit.Desk.ExtendAsync(visit.Allowed(id), revision, visit.Person, visit.Aborted)).IsApplied)
            {
                await visit.Http.Response.WriteAsync($"{ReviewAddress.Of(id)}\n", visit.Aborted);
            }
        }
    }

    /// <summary>The form again, with a row more or less, or with what changes.</summary>
    private static async Task EnteredAsync(Visit visit)
    {
        var form = await visit.ReadFormAsync();
        var id = Id(visit, form);
        var review = await visit.Desk.GetAsync(id, visit.Aborted) ?? throw BadRequestException.NotFound("There is no such review.");
        var reading = new FormReading(form);
        var entered = reading.Read(CardView.SchemaOf(visit.FindWorkflow(id.Workflow)), review.Proposal);
        if (form["only"] == "diff")
        {
            await visit.WritePartAsync<Changes>(ProposalDiff.Of(review.Proposal, entered));
            return;
        }

        await visit.WritePartAsync<FieldsEdited>(CardView.Of(visit, review, entered, reading.Problems));
    }

    /// <summary>The last verdicts again, after the page was loaded anew.</summary>
    private static async Task DoneAsync(Visit visit)
    {
        var form = await visit.ReadFormAsync();
        var done = new List<DeskReply.DoneView>();
        foreach (var address in form["id"].Take(10))
        {
            if (ReviewAddress.TryParse(address ?? "", out var id) && visit.MayReview(id.Workflow) && await visit.Desk.GetAsync(id, visit.Aborted) is { } review)
            {
                done.Add(Done(visit, review));
            }
        }

        await ReplyAsync(visit, form, new() { Done = done }, fill: false);
    }

    /// <summary>The answer to a step, with as many more cards as the browser lacks.</summary>
    private static async Task ReplyAsync(Visit visit, IFormCollection form, DeskReply reply, bool fill = true)
    {
        IReadOnlyList<string> have = [.. Have(form), .. reply.Cards.Select(card => card.Address)];
        var cards = fill ? [.. reply.Cards, .. await CardsAsync(visit, form, have, Held - have.Count)] : reply.Cards;
        var figures = await QueueFigures.OfAsync(visit);
        var mine = visit.Workflows.Select(workflow => figures.Of(workflow.Name)).ToList();
        await visit.WritePartAsync<Reply>(reply with { Cards = cards, Waiting = mine.Sum(one => one.AwaitingVerdict), Overdue = mine.Sum(one => one.Overdue) });
    }

    /// <summary>What the caller holds already and the browser does not have, and then what is most urgent.</summary>
    private static async Task<IReadOnlyList<CardView>> CardsAsync(Visit visit, IFormCollection form, IReadOnlyList<string> have, int missing)
    {
        if (missing <= 0)
        {
            return [];
        }

        var (workflow, segment) = (Text(form["workflow"]), Text(form["segment"]));
        var now = visit.Time.GetUtcNow();
        var mine = await visit.Desk.ListAsync(new() { Workflow = workflow, Segment = segment, States = [DecisionState.Claimed], Holder = visit.Person, Limit = 20 }, visit.Aborted);
        var cards = mine.Reviews
            .Where(review => review.Lease?.Until > now && visit.MayReview(review.Id.Workflow) && !have.Contains(ReviewAddress.Of(review.Id)))
            .Take(missing)
            .ToList();
        if (cards.Count < missing)
        {
            cards.AddRange(await ReviewApi.ClaimAsync(visit, workflow, segment, missing - cards.Count));
        }

        return [.. cards.Select(review => CardView.Of(visit, review))];
    }

    /// <summary>A verdict as the list shows it; while the undo window is open, with the way back.</summary>
    private static DeskReply.DoneView Done(Visit visit, Review review)
    {
        var window = visit.FindWorkflow(review.Id.Workflow)?.UndoWindow ?? TimeSpan.Zero;
        return new(review, review.State == DecisionState.Decided && review.Verdict?.Reviewer == visit.Person ? visit.Time.GetUtcNow() + window : null);
    }

    private static string Sorry(ReviewResult result)
    {
        var why = Problem.Of(result);
        return $"{why.Title}. {why.Detail} Your answer was not recorded.";
    }

    private static ReviewId Id(Visit visit, IFormCollection form) => visit.Allowed(ReviewAddress.Parse(form["id"].ToString()));

    private static long Revision(IFormCollection form) => long.TryParse(form["revision"], out var revision) ? revision : throw BadRequestException.Of("revision misses.");

    /// <summary>What the browser still has: at most a few.</summary>
    private static IReadOnlyList<string> Have(IFormCollection form) => [.. form["have"].Take(10).Select(address => address ?? "")];

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
