using System.Text.Json;

namespace HumanLoop.Cli.Tests.Store;

/// <summary>The owner's and the operator's commands over a store, as they call them.</summary>
public sealed class OperatorCommandTests : IDisposable
{
    private readonly FilledStore _store = new();

    [Fact]
    public async Task A_report_is_one_file_in_the_format_that_its_name_says()
    {
        await _store.WorkAsync(1, 150);

        foreach (var (name, begins) in new[] { ("card.html", "<!doctype html>"), ("card.md", "# Scorecard of refund"), ("card.json", "{\"workflow\":\"refund\"") })
        {
            var run = await RunAsync("report", "--workflow", "refund", "--out", _store.PathOf(name));
            Assert.True(run.Code == 0, run.Error);
            Assert.StartsWith(begins, await File.ReadAllTextAsync(_store.PathOf(name)), StringComparison.Ordinal);
        }

        var markdown = (await RunAsync("report", "--workflow", "refund")).Output;
        Assert.Contains("| Owner | ops-lead@example.com |", markdown, StringComparison.Ordinal);
        Assert.Contains("at most 5 % wrong, 95 % sure", markdown, StringComparison.Ordinal);
        Assert.Contains("**Go on: everything is reviewed while the evidence is gathered", markdown, StringComparison.Ordinal);
        var json = JsonDocument.Parse((await RunAsync("report", "--workflow", "refund", "--json")).Output).RootElement;
        Assert.Equal((150, "GoOn"), (json.GetProperty("ever").GetProperty("decisions").GetInt32(), json.GetProperty("advice").GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task Reviews_are_listed_most_urgent_first_and_shown_with_their_data_one_by_one()
    {
        await _store.LeaveAsync(3);
        var list = JsonDocument.Parse((await RunAsync("reviews", "--limit", "2", "--json")).Output).RootElement;

        Assert.Equal(["refund/open-1", "refund/open-2"], list.GetProperty("reviews").EnumerateArray().Select(review => review.GetProperty("id").GetString()));
        Assert.True(list.GetProperty("more").GetBoolean());
        Assert.DoesNotContain("pay 1", list.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("No review matches.", (await RunAsync("reviews", "--overdue")).Output, StringComparison.Ordinal);
        Assert.Contains("No review matches.", (await RunAsync("reviews", "--segment", "other")).Output, StringComparison.Ordinal);
        Assert.Equal("pay 1", JsonDocument.Parse((await RunAsync("reviews", "show", "refund/open-1")).Output).RootElement.GetProperty("proposal").GetString());
    }

    [Fact]
    public async Task An_operator_assigns_releases_and_escalates_and_the_journal_keeps_who_did_it()
    {
        await _store.LeaveAsync(1, claimedBy: "ann");

        Assert.Equal("ben", Json(await RunAsync("reviews", "assign", "refund/open-1", "--to", "ben", "--by", "lead", "--json")).GetProperty("assignedTo").GetString());
        await _store.ClaimAsync("ben");
        var released = Json(await RunAsync("reviews", "release", "refund/open-1", "--by", "lead", "--json"));
        Assert.Equal(("Pending", JsonValueKind.Null, JsonValueKind.Null), (released.GetProperty("state").GetString(), released.GetProperty("assignedTo").ValueKind, released.GetProperty("heldBy").ValueKind));
        var escalated = Json(await RunAsync("reviews", "escalate", "refund/open-1", "--within", "01:00:00", "--json"));

        Assert.Equal("ops-lead@example.com", escalated.GetProperty("assignedTo").GetString());
        Assert.Equal(0, (await RunAsync("verify")).Code);
    }

    [Fact]
    public async Task Dead_letters_are_listed_retried_and_settled()
    {
        await _store.FailAsync(2);
        var list = await RunAsync("dead-letters");
        Assert.Equal(1, list.Code);
        Assert.Contains("refund/failed-1  DeadLetter", list.Output, StringComparison.Ordinal);

        Assert.Equal("ActDue", Json(await RunAsync("dead-letters", "retry", "refund/failed-1", "--json")).GetProperty("state").GetString());
        // The act was drawn to be checked, so its check can be claimed now that it has taken place.
        var settled = Json(await RunAsync("dead-letters", "settle", "refund/failed-2", "--note", "paid by bank transfer", "--json"));
        Assert.Equal(("Pending", true), (settled.GetProperty("state").GetString(), settled.GetProperty("isAudit").GetBoolean()));
        var none = await RunAsync("dead-letters");
        Assert.Equal((0, "There is no dead letter."), (none.Code, none.Output.TrimEnd()));
        var again = await RunAsync("dead-letters", "settle", "refund/failed-2");
        Assert.Equal(1, again.Code);
        Assert.Contains("its state does not allow it", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_says_what_would_stop_it_and_the_mend()
    {
        await _store.FailAsync(1);
        await File.WriteAllTextAsync(_store.PathOf("appsettings.json"), """
            { // comments are allowed
              "HumanLoop": { "Workflows": { "refund": { "Owner": "a, b", "Metric": { "Name": "m", "AtLeast": 0.6 }, "Threshold": { "MaxErrorRate": 5 } } } } }
            """);
        var run = await RunAsync("doctor", "--settings", _store.PathOf("appsettings.json"), "--environment", "Staging");

        Assert.Equal(1, run.Code);
        foreach (var says in new[] { "STOPS  store: the store belongs to environment 'Production'", "one person, not a list", "did you mean 0.05?", "STOPS  refund: 1 effects failed", "humanloop dead-letters --workflow refund" })
        {
            Assert.Contains(says, run.Output, StringComparison.Ordinal);
        }

        var findings = Json(await RunAsync("doctor", "--json")).GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString());
        Assert.Contains("dead_letters", findings);
    }

    [Fact]
    public async Task The_doctor_finds_nothing_that_stops_a_workflow_that_learns()
    {
        await _store.WorkAsync(1, 150);
        var run = await RunAsync("doctor");

        Assert.True(run.Code == 0, run.Output + run.Error);
        Assert.Contains("notes  refund: model m-1, reviewing everything (collecting_grid)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing would stop it.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_used_is_told()
    {
        await _store.LeaveAsync(1);
        await File.WriteAllTextAsync(_store.PathOf("bad.json"), "{ \"HumanLoop\": \n oops }");
        (string[] Arguments, string Says)[] bad =
        [
            (["report", "--workflow", "refunds"], "expected a workflow of this store; there are refund"),
            (["report", "--workflow", "refund", "--format", "pdf"], "expected html, md or json"),
            (["report", "--workflow", "refund", "--out", _store.PathOf("card.pdf")], "'.pdf' names no format"),
            (["report", "--workflow", "refund", "--format", "md", "--json"], "--json asks for json"),
            (["reviews", "--limit", "0"], "expected a whole number from 1"),
            (["reviews", "show", "open-1"], "workflow/decisionId"),
            (["reviews", "show", "refund/none"], "there is none of that name"),
            (["reviews", "assign", "refund/open-1"], "--to"),
            (["reviews", "--state", "Waiting"], "Waiting"),
            (["doctor", "--workflow", "refunds"], "expected a workflow of this store or of the settings"),
            (["doctor", "--settings", _store.PathOf("none.json")], "expected a file that can be read"),
            (["doctor", "--settings", _store.PathOf("bad.json")], "line 2: expected JSON"),
        ];
        foreach (var (arguments, says) in bad)
        {
            var run = await RunAsync(arguments);
            Assert.True(run.Code == 2, $"{string.Join(' ', arguments)}: {run.Code} {run.Output} {run.Error}");
            Assert.Contains(says, run.Error, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(_store.PathOf("card.pdf")));
    }

    public void Dispose() => _store.Dispose();

    private static JsonElement Json(CommandRun run)
    {
        Assert.True(run.Error.Length == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync([.. arguments, "--store", _store.File]);
}
