using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using static HumanLoop.Extensions.AI.Tests.ScriptedModel;

namespace HumanLoop.Extensions.AI.Tests.Approving;

/// <summary>The conversation goes on, and the loop runs the tool once a person approved it.</summary>
public sealed class ParkTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "I want 20 back.")];

    private readonly Bank _bank = new();

    [Fact]
    public async Task Parking_one_call_does_not_keep_the_others_from_running()
    {
        await using var loop = await StartAsync(Calls(Bank.CallRefund("c1", 20), Bank.CallLookup("c2")), Says("Queued."));

        var response = await loop.Client.GetResponseAsync(Question, _bank.Tools);

        Assert.Equal(["Lookup A-1"], _bank.Done);
        var review = await loop.OnlyReviewAsync();
        var results = response.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().ToDictionary(result => result.CallId, result => result.Result?.ToString());
        Assert.Contains($"queued as #{review.Id.DecisionId}", results["c1"], StringComparison.Ordinal);
        Assert.Equal("shipped", results["c2"]);
    }

    [Fact]
    public async Task An_approved_call_runs_later_and_its_outcome_is_a_message()
    {
        await using var loop = await StartAsync(Calls(Bank.CallRefund("c1", 20)), Says("Queued."));
        await loop.Client.GetResponseAsync(Question, _bank.Tools);

        await loop.DecideAsync(new Verdict.Approved());
        var outcome = await loop.Outcomes.FirstAsync();

        Assert.Equal(["Refund A-1 20"], _bank.Done);
        Assert.Equal("20 paid back", outcome.Result!.Value.GetString());
        Assert.Equal(
            $$"""The call of Refund that was queued as #{{outcome.Resolution.Decision.Id}} was approved and has run with {"order":"A-1","amount":20}. Result: "20 paid back".""".TrimEnd('.'),
            outcome.ToMessage().Text);
    }

    [Fact]
    public async Task A_corrected_call_runs_with_the_reviewers_arguments()
    {
        await using var loop = await StartAsync(Calls(Bank.CallRefund("c1", 200)), Says("Queued."));
        await loop.Client.GetResponseAsync(Question, _bank.Tools);

        await loop.DecideAsync(new Verdict.Corrected(JsonElement.Parse("""{"tool":"Refund","arguments":{"order":"A-1","amount":20}}""")));
        await loop.Outcomes.FirstAsync();

        Assert.Equal(["Refund A-1 20"], _bank.Done);
    }

    [Fact]
    public async Task A_rejected_call_never_runs_and_that_is_an_outcome_too()
    {
        await using var loop = await StartAsync(Calls(Bank.CallRefund("c1", 20)), Says("Queued."));
        await loop.Client.GetResponseAsync(Question, _bank.Tools);

        await loop.DecideAsync(new Verdict.Rejected { Reason = "duplicate" });
        var outcome = await loop.Outcomes.FirstAsync();

        Assert.Empty(_bank.Done);
        Assert.EndsWith("was rejected and did not run. duplicate", outcome.ToMessage().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sure_call_is_run_by_the_loop_at_once_and_its_result_stays_in_the_conversation()
    {
        var model = new ScriptedModel(Calls(Bank.CallLookup("c1")), Says("It was shipped."));
        await using var loop = await StartAsync(model);

        var response = await loop.Client.GetResponseAsync(Question, _bank.Tools);

        Assert.Equal(["Lookup A-1"], _bank.Done);
        Assert.Equal("shipped", Assert.Single(model.Asked[1].Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>()).Result?.ToString());
        Assert.Equal("It was shipped.", response.Text);
        Assert.Empty(loop.Outcomes.Told);
    }

    [Fact]
    public async Task A_sure_call_that_fails_is_told_to_be_under_way()
    {
        _bank.Failure = new InvalidOperationException("The bank is closed.");
        await using var loop = await Loop.StartAsync(new ScriptedModel(Calls(Bank.CallRefund("c1", 20)), Says("Later.")), new() { ["Refund"] = 0.95 }, Park);

        var response = await loop.Client.GetResponseAsync(Question, _bank.Tools);

        Assert.StartsWith("Under way as #", response.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Single().Result?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_approved_while_the_process_was_down_runs_in_the_next_one()
    {
        var file = Path.Combine(Path.GetTempPath(), $"humanloop-park-{Guid.CreateVersion7():N}.db");
        try
        {
            await using (var before = await Loop.StartAsync(new ScriptedModel(Calls(Bank.CallRefund("c1", 20)), Says("Queued.")), new() { ["Refund"] = 0.5 }, Park, file: file))
            {
                await before.Client.GetResponseAsync(Question, _bank.Tools);
            }

            await using var after = await Loop.StartAsync(new ScriptedModel(), [], Park, file: file);
            await after.DecideAsync(new Verdict.Approved());
            await after.Outcomes.FirstAsync();

            Assert.Equal(["Refund A-1 20"], _bank.Done);
        }
        finally
        {
            Array.ForEach(Directory.GetFiles(Path.GetTempPath(), $"{Path.GetFileName(file)}*"), File.Delete);
        }
    }

    [Fact]
    public async Task A_tool_that_cannot_be_run_later_is_a_mistake_that_is_named()
    {
        await using var loop = await Loop.StartAsync(new ScriptedModel(Calls(Bank.CallLookup("c1"))), new() { ["Lookup"] = 0.95 }, options =>
        {
            options.Mode = ToolApprovalMode.Park;
            options.Tools.Add(_bank.Refund);
        });

        var mistake = await Assert.ThrowsAsync<InvalidOperationException>(() => loop.Client.GetResponseAsync(Question, _bank.Tools));

        Assert.Contains("cannot run 'Lookup' later", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parking_without_tools_is_refused_at_registration()
    {
        var mistake = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddHumanLoop().AddToolApproval("tools", options => options.Mode = ToolApprovalMode.Park));

        Assert.Contains("has no Tools to run", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_keeps_the_conversation_is_given_only_what_is_new()
    {
        var model = new ScriptedModel(
            _ => new(new ChatMessage(ChatRole.Assistant, [Bank.CallRefund("c1", 20)])) { ConversationId = "kept-1" },
            Says("Queued."));
        await using var loop = await Loop.StartAsync(model, new() { ["Refund"] = 0.5 }, Park);

        await loop.Client.GetResponseAsync(Question, _bank.Tools);

        Assert.Equal("kept-1", model.Asked[1].Options!.ConversationId);
        Assert.Equal([ChatRole.Tool], model.Asked[1].Messages.Select(message => message.Role));
    }

    [Fact]
    public async Task The_application_completes_a_decision_and_hears_of_it_again_with_the_outcome()
    {
        await using var loop = await Loop.StartAsync(new ScriptedModel(Calls(Bank.CallRefund("c1", 20)), Says("Queued.")), [], options =>
        {
            Park(options);
            options.Describe = decision => decision with { Id = "mine", Subject = "customer-7", Link = new("https://example.com/chats/7"), Confidence = 0.5, Proposal = new("Lookup", default) };
        });
        await loop.Client.GetResponseAsync(Question, _bank.Tools);
        await loop.DecideAsync(new Verdict.Approved());

        var decision = (await loop.Outcomes.FirstAsync()).Resolution.Decision;

        Assert.Equal("customer-7", decision.Subject);
        Assert.Equal("https://example.com/chats/7", decision.Link?.ToString());
        Assert.NotEqual("mine", decision.Id.Value);
        Assert.Equal("Refund", decision.Proposal.Tool);
    }

    [Fact]
    public async Task The_callers_span_tells_the_workflow_and_the_strictest_route()
    {
        await using var loop = await StartAsync(Calls(Bank.CallRefund("c1", 20), Bank.CallLookup("c2")), Says("Queued."));
        using var span = new Activity("chat").Start();

        await loop.Client.GetResponseAsync(Question, _bank.Tools);

        Assert.Equal("tools", span.GetTagItem("humanloop.workflow"));
        Assert.Equal("review", span.GetTagItem("humanloop.route"));
    }

    private void Park(ToolApprovalOptions options)
    {
        options.Mode = ToolApprovalMode.Park;
        options.Tools.Add(_bank.Refund);
        options.Tools.Add(_bank.Lookup);
    }

    private Task<Loop> StartAsync(params Func<IReadOnlyList<ChatMessage>, ChatResponse>[] script) => StartAsync(new ScriptedModel(script));

    private Task<Loop> StartAsync(ScriptedModel model) => Loop.StartAsync(model, new() { ["Refund"] = 0.5, ["Lookup"] = 0.95 }, Park);
}
