using System.Text.Json;
using HumanLoop;
using HumanLoop.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using ToolApproval;

// Four customers, a restart, and a reviewer who comes back to what the model was not sure of.
var database = Path.Combine(Path.GetTempPath(), $"tool-approval-{Environment.ProcessId}.db");
var shop = new Shop();
var options = new ChatOptions { Tools = [shop.Lookup, shop.Refund], Instructions = "You serve the customers of a shop. Use the tools." };
string[] customers =
[
    "Where is my order A-1001?",
    "Order A-1002 arrived broken. I want my 20 back.",
    "I paid 120 for A-1003 and it was to cost 100. Please pay back what was too much.",
    "A-1004 never arrived. I want 900 back.",
];
try
{
    var waiting = new List<string>();
    using (var host = await ShopHost.StartAsync(args, shop, database))
    {
        var client = host.Services.GetRequiredService<IChatClient>();
        var approvals = host.Services.GetRequiredService<ToolApprovals>();
        foreach (var customer in customers)
        {
            List<ChatMessage> transcript = [new(ChatRole.User, customer)];
            var response = await client.GetResponseAsync(transcript, options);
            transcript.AddRange(response.Messages);
            Console.WriteLine($"Customer  {customer}");
            foreach (var open in approvals.OpenIn(transcript))
            {
                var review = (await host.Services.GetRequiredService<IReviewDesk>().GetAsync(open))!;
                Console.WriteLine($"   held   {review.Proposal}  confidence {review.Confidence}, because {review.Reason}");
                waiting.Add(JsonSerializer.Serialize(transcript, AIJsonUtilities.DefaultOptions));
            }

            Console.WriteLine($"   model  {(response.Text.Length > 0 ? response.Text : "(waits for a person)")}\n");
        }

        await host.StopAsync();
    }

    Console.WriteLine($"The process ends and starts again; {waiting.Count} conversations wait as JSON.\n");
    using (var host = await ShopHost.StartAsync(args, shop, database))
    {
        var client = host.Services.GetRequiredService<IChatClient>();
        var approvals = host.Services.GetRequiredService<ToolApprovals>();
        foreach (var stored in waiting)
        {
            var transcript = JsonSerializer.Deserialize<List<ChatMessage>>(stored, AIJsonUtilities.DefaultOptions)!;
            foreach (var open in approvals.OpenIn(transcript))
            {
                await Reviewer.DecideAsync(host.Services.GetRequiredService<IReviewDesk>(), open);
            }

            var response = await client.GetResponseAsync(await approvals.ResumeAsync(transcript), options);
            Console.WriteLine($"   model  {response.Text}\n");
        }

        await host.StopAsync();
    }

    Console.WriteLine($"Paid back: {string.Join(", ", shop.Paid)}.");
    return 0;
}
finally
{
    Array.ForEach(Directory.GetFiles(Path.GetTempPath(), $"{Path.GetFileName(database)}*"), File.Delete);
}
