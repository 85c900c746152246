using System.Text.Json;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI.Tests.Approving;

/// <summary>Over HTTP, against an endpoint that refuses any transcript whose calls are not answered in their place.</summary>
public sealed class EndpointTests
{
    private static readonly Dictionary<string, double> UnsureOfRefunds = new() { ["Refund"] = 0.5, ["Lookup"] = 0.95 };

    private readonly Bank _bank = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_is_held_approved_and_run(bool streaming)
    {
        await using var endpoint = new StrictEndpoint(
            StrictEndpoint.Calls(("c1", "Refund", """{"order":"A-1","amount":20}""")),
            StrictEndpoint.Says("20 is on its way."));
        await using var loop = await Loop.StartAsync(endpoint.Client, UnsureOfRefunds);
        List<ChatMessage> transcript = [new(ChatRole.User, "I want 20 back.")];

        transcript.AddRange((await AskAsync(loop, transcript, streaming)).Messages);
        Assert.Equal("stub-1-2026", (await loop.OnlyReviewAsync()).Model!.Split('/')[0]);
        await loop.DecideAsync(new Verdict.Approved());
        var response = await AskAsync(loop, await loop.Approvals.ResumeAsync(transcript), streaming);

        Assert.Equal("20 is on its way.", response.Text);
        Assert.Equal(["Refund A-1 20"], _bank.Done);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_of_two_calls_is_held_while_the_other_runs(bool streaming)
    {
        await using var endpoint = new StrictEndpoint(
            StrictEndpoint.Calls(("c1", "Refund", """{"order":"A-1","amount":20}"""), ("c2", "Lookup", """{"order":"A-1"}""")),
            StrictEndpoint.Says("It is being looked at."),
            StrictEndpoint.Says("20 is on its way."));
        await using var loop = await Loop.StartAsync(endpoint.Client, UnsureOfRefunds);
        List<ChatMessage> transcript = [new(ChatRole.User, "I want 20 back.")];

        transcript.AddRange((await AskAsync(loop, transcript, streaming)).Messages);
        await loop.DecideAsync(new Verdict.Approved());
        var response = await AskAsync(loop, await loop.Approvals.ResumeAsync(transcript), streaming);

        Assert.Equal("20 is on its way.", response.Text);
        Assert.Equal(["Lookup A-1", "Refund A-1 20"], _bank.Done);
    }

    [Theory]
    [InlineData(ToolApprovalMode.Approval)]
    [InlineData(ToolApprovalMode.Wait)]
    [InlineData(ToolApprovalMode.Park)]
    public async Task A_long_transcript_with_several_resolved_approvals_stays_in_order(ToolApprovalMode mode)
    {
        await using var endpoint = new StrictEndpoint(Enumerable.Range(1, 4).SelectMany(turn => new[]
        {
            StrictEndpoint.Calls(($"c{turn}a", "Refund", $$"""{"order":"A-{{turn}}","amount":{{turn}}}"""), ($"c{turn}b", "Refund", $$"""{"order":"B-{{turn}}","amount":{{turn}}}""")),
            StrictEndpoint.Says($"Turn {turn} is done."),
        }));
        await using var loop = await Loop.StartAsync(endpoint.Client, UnsureOfRefunds, options =>
        {
            options.Mode = mode;
            options.Tools.Add(_bank.Refund);
        });
        List<ChatMessage> transcript = [new(ChatRole.System, "You serve customers.")];
        for (var turn = 1; turn <= 4; turn++)
        {
            transcript.Add(new(ChatRole.User, $"Turn {turn}, please."));
            var asking = AskAsync(loop, transcript, streaming: false);
            Verdict[] verdicts = [new Verdict.Approved(), turn % 2 == 0 ? new Verdict.Rejected { Reason = "duplicate" } : new Verdict.Approved()];
            foreach (var (review, verdict) in (await loop.ReviewsAsync(2)).OrderBy(review => review.Proposal!.Value.GetRawText()).Zip(verdicts))
            {
                await loop.Desk.DecideAsync(review.Id, verdict, "ann");
            }

            var response = await asking;
            transcript.AddRange(response.Messages);
            if (mode == ToolApprovalMode.Approval)
            {
                transcript = [.. await loop.Approvals.ResumeAsync(transcript)];
                response = await AskAsync(loop, transcript, streaming: false);
                transcript.AddRange(response.Messages);
            }

            Assert.Equal($"Turn {turn} is done.", response.Text);
        }

        for (var attempt = 0; _bank.Done.Count < 6 && attempt < 1000; attempt++)
        {
            await Task.Delay(5);
        }

        Assert.Equal(["Refund A-1 1", "Refund A-2 2", "Refund A-3 3", "Refund A-4 4", "Refund B-1 1", "Refund B-3 3"], _bank.Done.Order());
    }

    [Fact]
    public async Task A_restart_lies_between_request_and_answer()
    {
        var file = Path.Combine(Path.GetTempPath(), $"humanloop-approval-{Guid.CreateVersion7():N}.db");
        await using var endpoint = new StrictEndpoint(
            StrictEndpoint.Calls(("c1", "Refund", """{"order":"A-1","amount":200}"""), ("c2", "Lookup", """{"order":"A-1"}""")),
            StrictEndpoint.Says("It is being looked at."),
            StrictEndpoint.Says("20 is on its way."));
        try
        {
            string stored;
            await using (var before = await Loop.StartAsync(endpoint.Client, UnsureOfRefunds, file: file))
            {
                List<ChatMessage> transcript = [new(ChatRole.User, "I want 20 back.")];
                transcript.AddRange((await AskAsync(before, transcript, streaming: false)).Messages);
                stored = JsonSerializer.Serialize(transcript, AIJsonUtilities.DefaultOptions);
            }

            await using var after = await Loop.StartAsync(endpoint.Client, UnsureOfRefunds, file: file);
            var read = JsonSerializer.Deserialize<List<ChatMessage>>(stored, AIJsonUtilities.DefaultOptions)!;
            Assert.Single(after.Approvals.OpenIn(read));
            await after.DecideAsync(new Verdict.Corrected(JsonElement.Parse("""{"tool":"Refund","arguments":{"order":"A-1","amount":20}}""")));
            var response = await AskAsync(after, await after.Approvals.ResumeAsync(read), streaming: false);

            Assert.Equal("20 is on its way.", response.Text);
            Assert.Equal(["Lookup A-1", "Refund A-1 20"], _bank.Done);
        }
        finally
        {
            Array.ForEach(Directory.GetFiles(Path.GetTempPath(), $"{Path.GetFileName(file)}*"), File.Delete);
        }
    }

    private async Task<ChatResponse> AskAsync(Loop loop, IEnumerable<ChatMessage> transcript, bool streaming) =>
        streaming ? await loop.Client.GetStreamingResponseAsync(transcript, _bank.Tools).ToChatResponseAsync() : await loop.Client.GetResponseAsync(transcript, _bank.Tools);
}
