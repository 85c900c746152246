using System.Text.Json;
using HumanLoop;
using HumanLoop.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
var model = new SmallModel();
builder.Services.AddKeyedSingleton<IChatClient>("judge", new SmallModel());
// README: wiring

using var host = builder.Build();
await host.StartAsync();
var client = host.Services.GetRequiredService<IChatClient>();
var approvals = host.Services.GetRequiredService<ToolApprovals>();
var desk = host.Services.GetRequiredService<IReviewDesk>();
var paid = new List<string>();
var options = new ChatOptions { Tools = [AIFunctionFactory.Create((string order) => paid.Add(order), "Refund")] };
var path = Path.GetTempFileName();

await HoldAsync([new(ChatRole.User, "Order A-1 came broken.")]);
var review = (await desk.ListAsync(new() { Workflow = "tools" })).Reviews.Single();
if (paid.Count > 0 || review.Reason != "not_yet_earned")
{
    throw new InvalidOperationException($"The page says that a person decides first, and the reason is {review.Reason}.");
}

await desk.DecideAsync(review.Id, new Verdict.Approved(), "ann@example.com");
await ResumeAsync();
await host.StopAsync();
Console.WriteLine($"Ran once: {paid.Single()}");

async Task HoldAsync(List<ChatMessage> transcript)
{
// README: hold
}

async Task ResumeAsync()
{
// README: resume
}

// README: judge

internal sealed class SmallModel : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant,
        [
            options?.ResponseFormat is ChatResponseFormatJson ? new TextContent("""{"confidence":0.97}""")
            : messages.Any(message => message.Contents.OfType<FunctionResultContent>().Any()) ? new TextContent("Done.")
            : new FunctionCallContent("c1", "Refund", new Dictionary<string, object?> { ["order"] = "A-1" }),
        ])));

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
