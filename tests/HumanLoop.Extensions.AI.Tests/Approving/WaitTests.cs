using System.Text.Json;
using Microsoft.Extensions.AI;
using static HumanLoop.Extensions.AI.Tests.ScriptedModel;

namespace HumanLoop.Extensions.AI.Tests.Approving;

/// <summary>The response waits for the verdict.</summary>
public sealed class WaitTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "I want 20 back.")];

    private readonly Bank _bank = new();

    [Fact]
    public async Task An_approved_call_runs_in_the_same_response()
    {
        await using var loop = await StartAsync(Calls(Bank.CallRefund("c1", 20)), Says("Done."));

        var asking = loop.Client.GetResponseAsync(Question, _bank.Tools);
        await loop.DecideAsync(new Verdict.Approved());

        Assert.Equal("Done.", (await asking).Text);
        Assert.Equal(["Refund A-1 20"], _bank.Done);
    }

    [Fact]
    public async Task A_corrected_call_runs_with_the_reviewers_arguments()
    {
        await using var loop = await StartAsync(Calls(Bank.CallRefund("c1", 200)), Says("Done."));

        var asking = loop.Client.GetResponseAsync(Question, _bank.Tools);
        await loop.DecideAsync(new Verdict.Corrected(JsonElement.Parse("""{"tool":"Refund","arguments":{"order":"A-1","amount":20}}""")));
        await asking;

        Assert.Equal(["Refund A-1 20"], _bank.Done);
    }

    [Fact]
    public async Task A_rejected_call_does_not_run_and_the_others_do()
    {
        await using var loop = await StartAsync(Calls(Bank.CallRefund("c1", 20), Bank.CallLookup("c2")), Says("Sorry."));

        var asking = loop.Client.GetResponseAsync(Question, _bank.Tools);
        await loop.DecideAsync(new Verdict.Rejected { Reason = "duplicate" });
        var response = await asking;

        Assert.Equal(["Lookup A-1"], _bank.Done);
        Assert.Equal("Sorry.", response.Text);
        var results = response.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().ToDictionary(result => result.CallId, result => result.Result?.ToString());
        Assert.Equal("Tool call invocation was rejected by the approver and must not be retried. duplicate", results["c1"]);
        Assert.Equal("shipped", results["c2"]);
    }

    [Fact]
    public async Task Nobody_answering_in_time_is_a_rejection_and_leaves_nothing_to_approve_later()
    {
        await using var loop = await StartAsync(Calls(Bank.CallRefund("c1", 20)), Says("Sorry."));

        var asking = loop.Client.GetResponseAsync(Question, _bank.Tools);
        var review = await loop.OnlyReviewAsync();
        while (!asking.IsCompleted)
        {
            loop.Clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(5);
        }

        Assert.Contains("Nobody answered in time.", (await asking).Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Single().Result?.ToString(), StringComparison.Ordinal);
        Assert.Equal(TransitionStatus.Closed, (await loop.Desk.DecideAsync(review.Id, new Verdict.Approved(), "ann")).Status);
        Assert.Empty(_bank.Done);
    }

    [Fact]
    public async Task A_conversation_that_is_cancelled_takes_its_calls_out_of_the_queue()
    {
        await using var loop = await StartAsync(Calls(Bank.CallRefund("c1", 20)));
        using var cancelled = new CancellationTokenSource();

        var asking = loop.Client.GetResponseAsync(Question, _bank.Tools, cancelled.Token);
        var review = await loop.OnlyReviewAsync();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(DecisionState.Withdrawn, (await loop.Desk.GetAsync(review.Id))!.State);
        Assert.Empty(_bank.Done);
    }

    [Fact]
    public async Task Two_calls_wait_side_by_side()
    {
        await using var loop = await StartAsync(Calls(Bank.CallRefund("c1", 20), Bank.CallRefund("c2", 30)), Says("Done."));

        var asking = loop.Client.GetResponseAsync(Question, _bank.Tools);
        foreach (var review in await loop.ReviewsAsync(2))
        {
            await loop.Desk.DecideAsync(review.Id, new Verdict.Approved(), "ann");
        }

        await asking;
        Assert.Equal(["Refund A-1 20", "Refund A-1 30"], _bank.Done);
    }

    private static Task<Loop> StartAsync(params Func<IReadOnlyList<ChatMessage>, ChatResponse>[] script) =>
        Loop.StartAsync(new ScriptedModel(script), new() { ["Refund"] = 0.5, ["Lookup"] = 0.95 }, options => options.Mode = ToolApprovalMode.Wait);
}
