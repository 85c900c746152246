using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using static HumanLoop.Extensions.AI.Tests.ScriptedModel;

namespace HumanLoop.Extensions.AI.Tests.Approving;

/// <summary>What the function invocation above the gate does and does not do, which the gate is built on: it fails here first if that changes.</summary>
public sealed class FunctionInvocationTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "I want 20 back.")];

    private readonly Bank _bank = new();

    [Fact]
    public async Task Wrapping_tools_as_approval_required_holds_every_call_of_the_turn()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20), Bank.CallLookup("c2")));
        using var client = model.AsBuilder().UseFunctionInvocation().Build();

        var response = await client.GetResponseAsync(Question, new() { Tools = [new ApprovalRequiredAIFunction(_bank.Refund), _bank.Lookup] });

        Assert.Empty(_bank.Done);
        Assert.Equal(2, response.Messages.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>().Count());
    }

    [Fact]
    public async Task Ending_the_loop_from_within_a_call_keeps_later_calls_from_running()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20), Bank.CallLookup("c2")));
        using var client = model.AsBuilder().UseFunctionInvocation(configure: invoking => invoking.FunctionInvoker = (context, cancellationToken) =>
        {
            context.Terminate = context.Function.Name == "Refund";
            return context.Terminate ? new("queued") : context.Function.InvokeAsync(context.Arguments, cancellationToken);
        }).Build();

        await client.GetResponseAsync(Question, _bank.Tools);

        Assert.Empty(_bank.Done);
    }

    [Fact]
    public async Task The_same_request_object_is_passed_over_the_second_time_and_a_resumed_transcript_is_not()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20)), Says("First."), Says("Second."), Says("Third."));
        await using var loop = await Loop.StartAsync(model, new() { ["Refund"] = 0.5 });
        var held = await loop.Client.GetResponseAsync(Question, _bank.Tools);
        await loop.DecideAsync(new Verdict.Approved());
        var request = held.Messages.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>().Single();
        ChatMessage[] byHand = [.. Question, .. held.Messages, new(ChatRole.User, [request.CreateResponse(true)])];

        await loop.Client.GetResponseAsync(byHand, _bank.Tools);
        await loop.Client.GetResponseAsync(byHand, _bank.Tools);
        Assert.Single(_bank.Done);

        await loop.Client.GetResponseAsync(await loop.Approvals.ResumeAsync([.. Question, .. held.Messages]), _bank.Tools);
        Assert.Equal(2, _bank.Done.Count);
    }

    [Fact]
    public async Task Going_on_while_a_request_is_unanswered_throws()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20)), Says("Never said."));
        await using var loop = await Loop.StartAsync(model, new() { ["Refund"] = 0.5 });
        var held = await loop.Client.GetResponseAsync(Question, _bank.Tools);

        await Assert.ThrowsAsync<InvalidOperationException>(() => loop.Client.GetResponseAsync([.. Question, .. held.Messages, new(ChatRole.User, "And?")], _bank.Tools));
    }

    [Fact]
    public async Task A_request_survives_json_as_the_documented_type()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20)));
        await using var loop = await Loop.StartAsync(model, new() { ["Refund"] = 0.5 });
        var held = await loop.Client.GetResponseAsync(Question, _bank.Tools);

        var json = JsonSerializer.Serialize(held.Messages, AIJsonUtilities.DefaultOptions);
        var read = JsonSerializer.Deserialize<List<ChatMessage>>(json, AIJsonUtilities.DefaultOptions)!;

        Assert.Contains("\"$type\":\"toolApprovalRequest\"", json.Replace("\": \"", "\":\"", StringComparison.Ordinal), StringComparison.Ordinal);
        var request = Assert.Single(read.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>());
        Assert.Equal((await loop.OnlyReviewAsync()).Id.DecisionId.Value, request.RequestId);
    }

    [Fact]
    public void A_gate_above_function_invocation_is_refused()
    {
        var services = new ServiceCollection().AddHumanLoop().UseInMemory().AddToolApproval("tools").Services.BuildServiceProvider();

        var mistake = Assert.Throws<InvalidOperationException>(() => new ScriptedModel().AsBuilder().UseHumanLoop().UseFunctionInvocation().Build(services));

        Assert.Contains("Write .UseFunctionInvocation().UseHumanLoop().", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "No workflow approves tool calls.")]
    [InlineData("refunds", "There is no workflow 'refunds'")]
    public void A_gate_without_its_workflow_says_how_to_add_one(string? workflow, string expected)
    {
        var services = new ServiceCollection().AddHumanLoop().UseInMemory().Services.BuildServiceProvider();

        var mistake = Assert.Throws<InvalidOperationException>(() => new ScriptedModel().AsBuilder().UseHumanLoop(workflow).Build(services));

        Assert.Contains(expected, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_with_two_workflows_asks_which()
    {
        var services = new ServiceCollection().AddHumanLoop().UseInMemory().AddToolApproval("refunds", configure: Charter).AddToolApproval("orders", configure: Charter).Services.BuildServiceProvider();

        var mistake = Assert.Throws<InvalidOperationException>(() => new ScriptedModel().AsBuilder().UseHumanLoop().Build(services));

        Assert.Contains("UseHumanLoop(\"refunds\")", mistake.Message, StringComparison.Ordinal);
        Assert.NotNull(new ScriptedModel().AsBuilder().UseHumanLoop("orders").Build(services));
    }

    private static void Charter(WorkflowBuilder<ToolCall> calls) => calls.Configure(options =>
    {
        (options.Owner, options.Metric.Name, options.Metric.AtLeast, options.Threshold.MaxErrorRate) = ("owner@example.com", "calls without a human", 0.5, 0.05);
    });
}
