using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace HumanLoop.Cli.Tests.Store;

/// <summary>The commands over a store, as a user calls them.</summary>
public sealed class StoreCommandTests : IDisposable
{
    private readonly FilledStore _store = new();

    [Fact]
    public async Task Status_says_why_a_threshold_is_closed_and_until_when_and_then_what_is_earned()
    {
        await _store.WorkAsync(1, 150);
        var closed = await RunAsync("status");
        Assert.Equal(0, closed.Code);
        Assert.Contains("refund: 0 await a verdict, 0 overdue, 0 dead letters", closed.Output, StringComparison.Ordinal);
        Assert.Contains("reviewing everything (collecting_grid)", closed.Output, StringComparison.Ordinal);
        Assert.Contains("forecast: opens after", closed.Output, StringComparison.Ordinal);

        await _store.WorkAsync(151, 700);
        var open = JsonDocument.Parse((await RunAsync("status", "--workflow", "refund", "--json")).Output).RootElement.GetProperty("workflows")[0].GetProperty("thresholds")[0];
        Assert.True(open.GetProperty("earned").GetBoolean());
        Assert.Equal(("m-1", JsonValueKind.Null), (open.GetProperty("model").GetString(), open.GetProperty("forecast").ValueKind));
        Assert.InRange(open.GetProperty("threshold").GetDouble(), 0.5, 0.95);
        Assert.InRange(open.GetProperty("ranking").GetProperty("auroc").GetDouble(), 0.6, 1);
    }

    [Fact]
    public async Task Status_measures_the_confidence_when_asked()
    {
        await _store.WorkAsync(1, 400);
        Assert.DoesNotContain("AUROC", (await RunAsync("status")).Output, StringComparison.Ordinal);

        Assert.Contains("confidence of model m-1: sound; AUROC 0.", (await RunAsync("status", "--health")).Output, StringComparison.Ordinal);
        var health = JsonDocument.Parse((await RunAsync("status", "--health", "--json")).Output).RootElement.GetProperty("workflows")[0].GetProperty("health")[0];
        Assert.Equal(0, health.GetProperty("problems").GetArrayLength());
        Assert.InRange(health.GetProperty("ranking").GetProperty("auroc").GetDouble(), 0.6, 1);
        Assert.True(health.GetProperty("reliability").GetArrayLength() > 5);
    }

    [Fact]
    public async Task Verify_agrees_with_what_an_application_did_and_not_with_a_file_that_was_changed()
    {
        await _store.WorkAsync(1, 500);
        var agrees = await RunAsync("verify", "--json");
        Assert.True(agrees.Code == 0, agrees.Output + agrees.Error);
        Assert.Equal(500, JsonDocument.Parse(agrees.Output).RootElement.GetProperty("decisions").GetInt32());
        Assert.True(JsonDocument.Parse(agrees.Output).RootElement.GetProperty("changes").GetInt32() > 0);

        Change("UPDATE humanloop_journal SET body = replace(body, '\"wasRight\":false', '\"wasRight\":true') WHERE body LIKE '%\"kind\":\"verdict\"%'");
        var changed = await RunAsync("verify");

        Assert.Equal(1, changed.Code);
        Assert.Contains("its journal", changed.Output, StringComparison.Ordinal);
        Assert.Contains("is not what the journal leads to", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_misses_a_change_that_is_gone()
    {
        await _store.WorkAsync(1, 500);
        Change("DELETE FROM humanloop_journal WHERE body LIKE '%\"threshold_changed\"%'");

        var changed = await RunAsync("verify");

        Assert.Equal(1, changed.Code);
        Assert.Contains("change none is on record, and the journal leads to 1-1", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_writes_every_decision_and_quotes_what_has_to_be()
    {
        await _store.WorkAsync(1, 40);

        Assert.Equal(0, (await RunAsync("export", "--out", _store.PathOf("all.csv"))).Code);
        var json = JsonDocument.Parse((await RunAsync("export", "--json")).Output).RootElement;

        var lines = await File.ReadAllLinesAsync(_store.PathOf("all.csv"));
        Assert.Equal(41, lines.Length);
        Assert.StartsWith("workflow,id,at,segment,model,confidence,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("refund,d-1,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",Review,not_yet_earned,true,1,Rejected,,false", lines[1], StringComparison.Ordinal);
        Assert.Equal((40, 0.6180339887498949, 1), (json.GetArrayLength(), json[0].GetProperty("confidence").GetDouble(), json[0].GetProperty("reviewProbability").GetDouble()));
        Assert.False(File.Exists(_store.PathOf("all.csv.unfinished")));
    }

    [Fact]
    public async Task Evidence_of_the_same_model_can_open_a_threshold_at_once()
    {
        await _store.WorkAsync(1, 1);
        await WriteHistoryAsync(600, wrong: n => n % 200 == 0);

        var imported = await RunAsync("import", _store.PathOf("history.csv"), "--workflow", "refund", "--model", "m-1", "--as", "evidence");
        Assert.True(imported.Code == 0, imported.Error);
        Assert.Contains("Imported 600 decisions as evidence, 3 of them wrong; 1 had no confidence", imported.Output, StringComparison.Ordinal);
        await _store.WorkAsync(2, 1);

        var status = await RunAsync("status");
        Assert.Contains("earned (at most 5 % wrong, 95 % sure)", status.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("verify")).Code);
    }

    [Fact]
    public async Task The_same_history_is_imported_once()
    {
        await _store.WorkAsync(1, 1);
        await WriteHistoryAsync(120, wrong: _ => false);
        Task<CommandRun> ImportAsync(string kind) => RunAsync("import", _store.PathOf("history.csv"), "--workflow", "refund", "--model", "m-2", "--as", kind);

        Assert.Equal(0, (await ImportAsync("evidence")).Code);
        var again = await ImportAsync("evidence");
        await _store.WorkAsync(2, 1);
        var afterwards = await ImportAsync("evidence");

        Assert.Equal((1, 1), (again.Code, afterwards.Code));
        Assert.Contains("were imported as evidence already", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("verify")).Code);
    }

    [Fact]
    public async Task A_prior_opens_nothing_and_has_to_be_there_before_the_evidence()
    {
        await _store.WorkAsync(1, 0);
        await _store.WorkAsync(1, 1, model: "m-0");
        await WriteHistoryAsync(600, wrong: n => n % 200 == 0);

        var imported = await RunAsync("import", _store.PathOf("history.csv"), "--workflow", "refund", "--model", "m-1", "--as", "prior", "--json");
        Assert.True(imported.Code == 0, imported.Error);
        await _store.WorkAsync(2, 120);

        Assert.Contains("model m-1, reviewing everything", (await RunAsync("status")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("verify")).Code);
        var late = await RunAsync("import", _store.PathOf("history.csv"), "--workflow", "refund", "--model", "m-1", "--as", "prior");
        Assert.Equal(1, late.Code);
        Assert.Contains("has begun already", late.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_used_is_told_and_leaves_nothing_behind()
    {
        await _store.WorkAsync(1, 1);
        await File.WriteAllTextAsync(_store.PathOf("bad.csv"), "confidence,correct\n0.9,1\n1.7x,1\n");
        (string[] Arguments, string Says)[] bad =
        [
            (["status", "--store", _store.PathOf("none.db")], "expected the file of a store"),
            (["status", "--store", "Data Source"], "expected"),
            (["status", "--store", _store.File, "--workflow", "refunds"], "expected a workflow of this store; there are refund"),
            (["import", _store.PathOf("bad.csv"), "--store", _store.File, "--workflow", "refund", "--as", "evidence"], "line 3, column confidence"),
            (["import", _store.PathOf("none.csv"), "--store", _store.File, "--workflow", "refund", "--as", "evidence"], "expected a readable file"),
            (["import", _store.PathOf("bad.csv"), "--store", _store.File, "--workflow", "refund", "--as", "truth"], "expected prior or evidence"),
            (["export", "--store", _store.File, "--out", _store.PathOf("no/such/folder.csv")], "expected a writable path"),
            (["status"], "--store"),
        ];
        foreach (var (arguments, says) in bad)
        {
            var run = await CommandRun.OfAsync(arguments);
            Assert.True(run.Code == 2, $"{string.Join(' ', arguments)}: {run.Code} {run.Output} {run.Error}");
            Assert.Contains(says, run.Error, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(_store.PathOf("none.db")));
        Assert.DoesNotContain("evidence_imported", (await RunAsync("export")).Output, StringComparison.Ordinal);
    }

    public void Dispose() => _store.Dispose();

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync([.. arguments, "--store", _store.File]);

    private async Task WriteHistoryAsync(int rows, Func<int, bool> wrong) =>
        await File.WriteAllLinesAsync(_store.PathOf("history.csv"), ["confidence,correct", ",1", .. Enumerable.Range(1, rows).Select(n => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{0.5 + (n * 0.7548776662466927 % 0.5)},{(wrong(n) ? 0 : 1)}"))]);

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_store.File};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }
}
