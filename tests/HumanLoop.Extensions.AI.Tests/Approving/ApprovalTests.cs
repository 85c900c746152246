using System.Text.Json;
using Microsoft.Extensions.AI;
using static HumanLoop.Extensions.AI.Tests.ScriptedModel;

namespace HumanLoop.Extensions.AI.Tests.Approving;

/// <summary>The response ends with a request, and the conversation is resumed with the verdict.</summary>
public sealed class ApprovalTests
{
    private static readonly Dictionary<string, double> Sure = new() { ["Refund"] = 0.95, ["Lookup"] = 0.95 };
    private static readonly Dictionary<string, double> UnsureOfRefunds = new() { ["Refund"] = 0.5, ["Lookup"] = 0.95 };
    private static readonly ChatMessage[] Question = [new(ChatRole.System, "You serve customers."), new(ChatRole.User, "Order A-1 came broken, I want 20 back.")];

    private readonly Bank _bank = new();

    [Fact]
    public async Task Calls_that_the_threshold_admits_run_in_one_pass()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20), Bank.CallLookup("c2")), Says("Done."));
        await using var loop = await Loop.StartAsync(model, Sure);

        var response = await loop.Client.GetResponseAsync(Question, _bank.Tools);

        Assert.Equal(["Refund A-1 20", "Lookup A-1"], _bank.Done);
        Assert.Equal("Done.", response.Text);
        Assert.Equal(2, model.Asked.Count);
        Assert.Empty(await loop.ReviewsAsync(0));
    }

    [Fact]
    public async Task Of_several_calls_only_the_unsure_one_is_held()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20), Bank.CallLookup("c2")), Says("Your refund is being looked at."));
        await using var loop = await Loop.StartAsync(model, UnsureOfRefunds);

        var response = await loop.Client.GetResponseAsync(Question, _bank.Tools);

        Assert.Equal(["Lookup A-1"], _bank.Done);
        var request = Assert.Single(response.Messages.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>());
        Assert.Equal("Refund", Assert.IsType<FunctionCallContent>(request.ToolCall).Name);
    }

    [Fact]
    public async Task A_held_call_is_a_review_like_every_other()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20)));
        await using var loop = await Loop.StartAsync(model, UnsureOfRefunds);

        var response = await loop.Client.GetResponseAsync(Question, _bank.Tools);

        var review = await loop.OnlyReviewAsync();
        Assert.Equal("""{"tool":"Refund","arguments":{"order":"A-1","amount":20}}""", review.Proposal!.Value.GetRawText());
        Assert.Equal("below_threshold", review.Reason);
        Assert.Equal("Refund", review.Segment);
        Assert.Equal("Order A-1 came broken, I want 20 back.", review.Briefing);
        Assert.Matches("^scripted-1/[0-9a-f]{8}/tool-call$", review.Model);
        Assert.Equal(review.Id, Assert.Single(loop.Approvals.OpenIn([.. Question, .. response.Messages])));
    }

    [Fact]
    public async Task An_approved_call_runs_once_and_the_model_hears_the_result()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20)), Says("20 is on its way."));
        await using var loop = await Loop.StartAsync(model, UnsureOfRefunds);
        var held = await loop.Client.GetResponseAsync(Question, _bank.Tools);

        await loop.DecideAsync(new Verdict.Approved());
        var response = await loop.Client.GetResponseAsync(await loop.Approvals.ResumeAsync([.. Question, .. held.Messages]), _bank.Tools);

        Assert.Equal(["Refund A-1 20"], _bank.Done);
        Assert.Equal("20 is on its way.", response.Text);
        var result = Assert.Single(model.Asked[1].Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>());
        Assert.Equal("20 paid back", result.Result?.ToString());
    }

    [Fact]
    public async Task A_rejected_call_never_runs_and_the_model_hears_why()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20)), Says("I am sorry."));
        await using var loop = await Loop.StartAsync(model, UnsureOfRefunds);
        var held = await loop.Client.GetResponseAsync(Question, _bank.Tools);

        await loop.DecideAsync(new Verdict.Rejected { Reason = "duplicate", Comment = "Paid on Monday." });
        await loop.Client.GetResponseAsync(await loop.Approvals.ResumeAsync([.. Question, .. held.Messages]), _bank.Tools);

        Assert.Empty(_bank.Done);
        var told = Assert.Single(model.Asked[1].Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>()).Result?.ToString();
        Assert.Equal("Tool call invocation was rejected by the approver and must not be retried. duplicate: Paid on Monday.", told);
    }

    [Fact]
    public async Task A_corrected_call_runs_with_the_reviewers_arguments()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 200)), Says("20 is on its way."));
        await using var loop = await Loop.StartAsync(model, UnsureOfRefunds);
        var held = await loop.Client.GetResponseAsync(Question, _bank.Tools);

        await loop.DecideAsync(new Verdict.Corrected(JsonElement.Parse("""{"tool":"Refund","arguments":{"order":"A-1","amount":20}}""")));
        await loop.Client.GetResponseAsync(await loop.Approvals.ResumeAsync([.. Question, .. held.Messages]), _bank.Tools);

        Assert.Equal(["Refund A-1 20"], _bank.Done);
    }

    [Theory]
    [InlineData("""{"tool":"Refund","arguments":{"order":"A-1","amount":"twenty"}}""", "amount must be integer")]
    [InlineData("""{"tool":"Refund","arguments":{"order":"A-1"}}""", "amount is missing")]
    [InlineData("""{"tool":"Refund","arguments":{"order":"A-1","amount":20,"amout":2}}""", "amout is not one of order, amount")]
    [InlineData("""{"tool":"Lookup","arguments":{"order":"A-1"}}""", "it cannot call Lookup instead")]
    [InlineData("""{"tool":"Refund","arguments":[20]}""", "must be an object")]
    [InlineData("""{"tool":"Refund"}""", "arguments")]
    public async Task A_correction_that_does_not_fit_the_tools_schema_is_refused_at_the_desk_and_changes_nothing(string correction, string problem)
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20)));
        await using var loop = await Loop.StartAsync(model, UnsureOfRefunds);
        await loop.Client.GetResponseAsync(Question, _bank.Tools);
        var review = await loop.OnlyReviewAsync();

        var result = await loop.Desk.DecideAsync(review.Id, new Verdict.Corrected(JsonElement.Parse(correction)), "ann");

        Assert.Equal(TransitionStatus.InvalidProposal, result.Status);
        Assert.Contains(problem, result.Problem, StringComparison.Ordinal);
        Assert.Equal(review.Revision, (await loop.OnlyReviewAsync()).Revision);
    }

    [Fact]
    public async Task No_confidence_is_a_reason_to_ask_a_person()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20)));
        await using var loop = await Loop.StartAsync(model, []);

        await loop.Client.GetResponseAsync(Question, _bank.Tools);

        Assert.Empty(_bank.Done);
        Assert.Equal("confidence_unusable", (await loop.OnlyReviewAsync()).Reason);
    }

    [Fact]
    public async Task A_rule_holds_a_call_however_sure_the_model_is_and_sees_its_conversation()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 900)));
        string? seen = null;
        await using var loop = await Loop.StartAsync(model, Sure, workflow: calls => calls.AddPolicy((decision, _) =>
        {
            seen = decision.Proposal.Conversation?.Messages[^1].Text;
            return decision.Proposal.Arguments.GetProperty("amount").GetInt32() > 500 ? DecisionRoute.Review("large_amount") : null;
        }));

        await loop.Client.GetResponseAsync(Question, _bank.Tools);

        Assert.Equal("large_amount", (await loop.OnlyReviewAsync()).Reason);
        Assert.Equal(Question[^1].Text, seen);
    }

    [Fact]
    public async Task An_exempt_tool_runs_unasked_and_is_no_decision()
    {
        var model = new ScriptedModel(Calls(Bank.CallLookup("c1")), Says("It was shipped."));
        await using var loop = await Loop.StartAsync(model, [], options => options.Exempt.Add("Lookup"));

        await loop.Client.GetResponseAsync(Question, _bank.Tools);

        Assert.Equal(["Lookup A-1"], _bank.Done);
        Assert.Empty((await loop.Desk.ListAsync(new())).Reviews);
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_go_back_to_the_model_and_not_to_a_person()
    {
        var model = new ScriptedModel(
            Calls(new FunctionCallContent("c1", "Refund", new Dictionary<string, object?> { ["order"] = "A-1", ["amount"] = "much" })),
            Calls(Bank.CallRefund("c2", 20)),
            Says("Done."));
        await using var loop = await Loop.StartAsync(model, Sure);

        var response = await loop.Client.GetResponseAsync(Question, _bank.Tools);

        Assert.Equal(["Refund A-1 20"], _bank.Done);
        Assert.Contains("amount must be integer", response.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().First().Result?.ToString(), StringComparison.Ordinal);
        Assert.Equal(36, response.Usage?.TotalTokenCount ?? (response.Usage!.InputTokenCount + response.Usage.OutputTokenCount));
    }

    [Fact]
    public async Task A_model_that_never_stops_calling_wrongly_comes_to_an_end()
    {
        var wrong = Calls(new FunctionCallContent("c1", "Refund", new Dictionary<string, object?>()));
        var model = new ScriptedModel([.. Enumerable.Repeat(wrong, 10)]);
        await using var loop = await Loop.StartAsync(model, Sure);

        await loop.Client.GetResponseAsync(Question, _bank.Tools);

        Assert.Equal(10, model.Asked.Count);
        Assert.Empty(_bank.Done);
    }

    [Fact]
    public async Task A_shadow_workflow_records_and_never_runs()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20)), Says("I cannot do that yet."));
        await using var loop = await Loop.StartAsync(model, Sure, settings: ("Mode", "Shadow"));

        await loop.Client.GetResponseAsync(Question, _bank.Tools);

        Assert.Empty(_bank.Done);
        Assert.Equal("shadow", (await loop.OnlyReviewAsync()).Reason);
    }

    [Fact]
    public async Task A_full_queue_refuses_the_call_and_says_so()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20)), Calls(Bank.CallRefund("c2", 30)), Says("Not possible now."));
        await using var loop = await Loop.StartAsync(model, UnsureOfRefunds, settings: ("Review:MaxPending", "1"));
        await loop.Client.GetResponseAsync(Question, _bank.Tools);

        var response = await loop.Client.GetResponseAsync(Question, _bank.Tools);

        Assert.Equal("Not possible now.", response.Text);
        Assert.Single(await loop.ReviewsAsync(1));
    }

    [Fact]
    public async Task A_request_of_somebody_else_is_left_to_the_application()
    {
        await using var loop = await Loop.StartAsync(new ScriptedModel(), Sure);
        ChatMessage[] transcript = [.. Question, new(ChatRole.Assistant, [new ToolApprovalRequestContent("theirs", Bank.CallRefund("c1", 20))])];

        var resumed = await loop.Approvals.ResumeAsync(transcript);

        Assert.Equal(transcript.Length, resumed.Count);
    }

    [Fact]
    public async Task What_expires_without_a_verdict_does_not_run()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20)), Says("I am sorry."));
        await using var loop = await Loop.StartAsync(model, UnsureOfRefunds, settings: [("Review:WhenOverdue", "Expire"), ("Review:Deadline", "01:00:00")]);
        var held = await loop.Client.GetResponseAsync(Question, _bank.Tools);

        var resuming = loop.Approvals.ResumeAsync([.. Question, .. held.Messages]);
        while (!resuming.IsCompleted)
        {
            loop.Clock.Advance(TimeSpan.FromMinutes(10));
            await Task.Delay(5);
        }

        await loop.Client.GetResponseAsync(await resuming, _bank.Tools);
        Assert.Empty(_bank.Done);
    }
}
