using System.ClientModel;
using HumanLoop;
using HumanLoop.Extensions.AI;
using Invoices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAI;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddSingleton<Books>();
builder.Services.AddHumanLoop()
    .UseInMemory()
    .AddWorkflow<Invoice>("invoices", invoices => invoices.UseHandler<Books>());

// The small model of the sample, or whatever speaks OpenAI's protocol and gives log-probabilities.
var endpoint = builder.Configuration["Endpoint"];
var client = string.IsNullOrEmpty(endpoint)
    ? new ScanModel()
    : new OpenAIClient(new ApiKeyCredential(builder.Configuration["Key"] ?? "none"), new() { Endpoint = new(endpoint) }).GetChatClient(builder.Configuration["Model"] ?? "gpt-4o-mini").AsIChatClient();
var confidence = ChatConfidence.Logprobs(string.IsNullOrEmpty(endpoint) ? new ScanLogprobs() : new OpenAILogprobs());

using var host = builder.Build();
await host.StartAsync();
var router = host.Services.GetRequiredService<IDecisionRouter<Invoice>>();
var straightThrough = 0;
foreach (var (id, text, _) in Scans.All)
{
    ChatMessage[] question = [new(ChatRole.System, "Read the invoice. Dates as yyyy-mm-dd."), new(ChatRole.User, text)];
    var decision = await client.GetDecisionAsync<Invoice>(question, confidence);
    var receipt = await router.RouteAsync(decision with { Id = id });
    straightThrough += receipt.Route.ActsAtOnce ? 1 : 0;
    Console.WriteLine($"{id}  {decision.Proposal.Supplier,-10} {decision.Proposal.Date}  {decision.Proposal.Total,8:0.00}  {receipt.Confidence.Value:0.00}  {receipt.Route.Reason}");
}

var desk = host.Services.GetRequiredService<IReviewDesk>();
var clerk = new Clerk(desk);
var reviews = (await desk.ListAsync(new() { States = [DecisionState.Pending] })).Reviews;
foreach (var review in reviews)
{
    await clerk.ReviewAsync(review, Scans.All.Single(scan => scan.Id == review.Id.DecisionId.Value).Truth);
}

var books = host.Services.GetRequiredService<Books>();
while (books.Booked.Count < Scans.All.Count)
{
    await Task.Delay(10);
}

await host.StopAsync();
Console.WriteLine($"\n{straightThrough} of {Scans.All.Count} booked without a human; {reviews.Count} reviewed, {clerk.Corrected} of them corrected.");
Console.WriteLine($"A person read {clerk.FieldsRead} of {3 * Scans.All.Count} fields. Wrong in the books: {books.Booked.Except(Scans.All.Select(scan => scan.Truth)).Count()}.");
return 0;
