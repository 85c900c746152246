using System.Text.Json;
using HumanLoop.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HumanLoop.AotApp;

/// <summary>A tool call is held, the conversation stored, corrected by a reviewer and resumed, and a decision read from a model: as native code.</summary>
internal static class ToolCalls
{
    public static async Task<(string Paid, double Weakest)> RunAsync()
    {
        var paid = "";
        var refund = AIFunctionFactory.Create((string order, decimal amount) => paid = $"{amount} for {order}", "refund", serializerOptions: RefundJson.Default.Options);
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Testing" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HumanLoop:Workflows:tools:Owner"] = "ops-lead@example.com",
            ["HumanLoop:Workflows:tools:Metric:Name"] = "calls without a human",
            ["HumanLoop:Workflows:tools:Metric:AtLeast"] = "0.6",
            ["HumanLoop:Workflows:tools:Threshold:MaxErrorRate"] = "0.05",
        });
        builder.Services.AddHumanLoop().UseInMemory().AddToolApproval("tools", options => options.Tools.Add(refund));
        builder.Services.AddChatClient(new OneCallModel()).UseFunctionInvocation().UseHumanLoop();
        using var host = builder.Build();
        await host.StartAsync();
        var client = host.Services.GetRequiredService<IChatClient>();
        var approvals = host.Services.GetRequiredService<ToolApprovals>();
        var options = new ChatOptions { Tools = [refund] };
        var list = AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IList<ChatMessage>));

        IList<ChatMessage> transcript = [new(ChatRole.User, "Pay back what was too much.")];
        foreach (var message in (await client.GetResponseAsync(transcript, options)).Messages)
        {
            transcript.Add(message);
        }

        var stored = (IList<ChatMessage>)JsonSerializer.Deserialize(JsonSerializer.Serialize(transcript, list), list)!;
        var review = approvals.OpenIn(stored).Single();
        await host.Services.GetRequiredService<IReviewDesk>().DecideAsync(review, new Verdict.Corrected(JsonElement.Parse("""{"tool":"refund","arguments":{"order":"A-1","amount":25}}""")), "ann");
        await client.GetResponseAsync(await approvals.ResumeAsync(stored), options);
        await host.StopAsync();

        var consistent = ChatConfidence.SelfConsistency(new() { Samples = 2 });
        var decision = await new OneCallModel().GetDecisionAsync([new(ChatRole.User, "Which refund?")], consistent, RefundJson.Default.Refund);
        return (paid, decision.Fields!.Values.Min().Value);
    }

    /// <summary>Calls the tool if there is one, and reads a refund if there is none.</summary>
    private sealed class OneCallModel : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant,
            [
                options?.Tools is null ? new TextContent("""{"order":"A-1","amount":25}""")
                : messages.Any(message => message.Contents.OfType<FunctionResultContent>().Any()) ? new TextContent("Done.")
                : new FunctionCallContent("c1", "refund", new Dictionary<string, object?> { ["order"] = "A-1", ["amount"] = 250m }),
            ])));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
