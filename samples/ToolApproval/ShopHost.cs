using System.ClientModel;
using HumanLoop;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAI;

namespace ToolApproval;

/// <summary>One process: the model, its judge, the gate between model and tools, and the loop behind it.</summary>
internal static class ShopHost
{
    public static async Task<IHost> StartAsync(string[] args, Shop shop, string database)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddHumanLoop()
            .UseSqlite($"Data Source={database}")
            .AddToolApproval(
                "tools",
                options =>
                {
                    options.Exempt.Add("Lookup");
                    options.Tools.Add(shop.Refund);
                },
                calls => calls
                    .UseConfidence<CallJudge>()
                    .AddPolicy((decision, _) => decision.Proposal.Arguments.GetProperty("amount").GetInt32() > 500 ? DecisionRoute.Review("large_amount") : null));
        builder.Services.AddKeyedSingleton<IChatClient>("judge", Endpoint(builder.Configuration) ?? new ShopJudge());
        builder.Services.AddChatClient(Endpoint(builder.Configuration) ?? new ShopModel()).UseFunctionInvocation().UseHumanLoop();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Whatever speaks OpenAI's protocol, such as Ollama at http://localhost:11434/v1; <see langword="null"/> for the small models of the sample.</summary>
    private static IChatClient? Endpoint(ConfigurationManager configuration) =>
        configuration["Endpoint"] is { Length: > 0 } endpoint
            ? new OpenAIClient(new ApiKeyCredential(configuration["Key"] ?? "none"), new() { Endpoint = new(endpoint) }).GetChatClient(configuration["Model"] ?? "llama3.2").AsIChatClient()
            : null;
}
