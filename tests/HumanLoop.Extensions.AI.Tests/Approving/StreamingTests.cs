using Microsoft.Extensions.AI;
using static HumanLoop.Extensions.AI.Tests.ScriptedModel;

namespace HumanLoop.Extensions.AI.Tests.Approving;

/// <summary>Streaming: text flows, calls are held back until they are judged.</summary>
public sealed class StreamingTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "I want 20 back.")];

    private readonly Bank _bank = new();

    [Fact]
    public async Task Calls_that_the_threshold_admits_run_in_one_pass()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20), Bank.CallLookup("c2")), Says("Done."));
        await using var loop = await Loop.StartAsync(model, new() { ["Refund"] = 0.95, ["Lookup"] = 0.95 });

        var response = await loop.Client.GetStreamingResponseAsync(Question, _bank.Tools).ToChatResponseAsync();

        Assert.Equal(["Refund A-1 20", "Lookup A-1"], _bank.Done);
        Assert.Equal("Done.", response.Text);
    }

    [Fact]
    public async Task Only_the_unsure_call_is_held_and_can_be_resumed()
    {
        var model = new ScriptedModel(
            _ => new(new ChatMessage(ChatRole.Assistant, [new TextContent("One moment."), Bank.CallRefund("c1", 20), Bank.CallLookup("c2")])),
            Says("It is being looked at."),
            Says("20 is on its way."));
        await using var loop = await Loop.StartAsync(model, new() { ["Refund"] = 0.5, ["Lookup"] = 0.95 });

        var held = await loop.Client.GetStreamingResponseAsync(Question, _bank.Tools).ToChatResponseAsync();
        Assert.Equal(["Lookup A-1"], _bank.Done);
        Assert.StartsWith("One moment.", held.Text, StringComparison.Ordinal);
        await loop.DecideAsync(new Verdict.Approved());
        var response = await loop.Client.GetStreamingResponseAsync(await loop.Approvals.ResumeAsync([.. Question, .. held.Messages]), _bank.Tools).ToChatResponseAsync();

        Assert.Equal(["Lookup A-1", "Refund A-1 20"], _bank.Done);
        Assert.Equal("20 is on its way.", response.Text);
    }

    [Fact]
    public async Task Text_is_shown_before_a_call_is_judged_and_nothing_after_it()
    {
        var judged = new TaskCompletionSource();
        var model = new Stream([new(ChatRole.Assistant, "One "), new(ChatRole.Assistant, "moment."), new(ChatRole.Assistant, [Bank.CallRefund("c1", 20)]), new(ChatRole.Assistant, "After.")]);
        await using var loop = await Loop.StartAsync(model, workflow: calls => calls.UseConfidence(async (_, _) =>
        {
            await judged.Task;
            return 0.5;
        }));
        var shown = new List<string>();
        await foreach (var update in loop.Client.GetStreamingResponseAsync(Question, _bank.Tools))
        {
            shown.Add(update.Contents.OfType<ToolApprovalRequestContent>().Any() ? "request" : update.Text);
            if (shown.Count == 2)
            {
                judged.SetResult();
            }
        }

        Assert.Equal(["One ", "moment.", "request", "After."], shown);
    }

    [Fact]
    public async Task A_parked_call_is_answered_within_the_stream()
    {
        var model = new ScriptedModel(Calls(Bank.CallRefund("c1", 20)), Says("It is queued."));
        await using var loop = await Loop.StartAsync(model, new() { ["Refund"] = 0.5 }, options =>
        {
            options.Mode = ToolApprovalMode.Park;
            options.Tools.Add(_bank.Refund);
        });

        var response = await loop.Client.GetStreamingResponseAsync(Question, _bank.Tools).ToChatResponseAsync();

        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], response.Messages.Select(message => message.Role));
        Assert.Equal("It is queued.", response.Text);
    }

    /// <summary>Streams what it is given, piece by piece.</summary>
    private sealed class Stream(IReadOnlyList<ChatResponseUpdate> pieces) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => pieces.ToAsyncEnumerable();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
