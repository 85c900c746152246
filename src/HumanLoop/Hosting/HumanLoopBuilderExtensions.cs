using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HumanLoop;
using HumanLoop.Acting;
using HumanLoop.Diagnostics;
using HumanLoop.Hosting;
using HumanLoop.Journaling;
using HumanLoop.Notifying;
using HumanLoop.Queueing;
using HumanLoop.Routing;
using HumanLoop.Running;
using HumanLoop.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the store and adds workflows and notifiers.</summary>
public static class HumanLoopBuilderExtensions
{
    /// <summary>Adds a workflow whose proposals go through JSON by reflection.</summary>
    /// <typeparam name="TProposal">The proposal type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">1 to 64 of A–Z, a–z, 0–9, '_', '.' and '-', beginning with a letter; its settings are <c>HumanLoop:Workflows:{name}</c>.</param>
    /// <param name="configure">Says what it is made of.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is not allowed or taken.</exception>
    [RequiresUnreferencedCode("Reads and writes proposals by reflection. Give a JsonTypeInfo when trimming.")]
    [RequiresDynamicCode("Reads and writes proposals by reflection. Give a JsonTypeInfo for Native AOT.")]
    public static IHumanLoopBuilder AddWorkflow<TProposal>(this IHumanLoopBuilder builder, string name, Action<WorkflowBuilder<TProposal>>? configure = null) =>
        AddWorkflow(builder, name, (JsonTypeInfo<TProposal>)JsonSerializerOptions.Web.GetTypeInfo(typeof(TProposal)), configure);

    /// <summary>Adds a workflow whose proposals go through source-generated JSON: the way for trimming and Native AOT.</summary>
    /// <typeparam name="TProposal">The proposal type.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">1 to 64 of A–Z, a–z, 0–9, '_', '.' and '-', beginning with a letter; its settings are <c>HumanLoop:Workflows:{name}</c>.</param>
    /// <param name="json">How proposals are read and written.</param>
    /// <param name="configure">Says what it is made of.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is not allowed or taken.</exception>
    public static IHumanLoopBuilder AddWorkflow<TProposal>(this IHumanLoopBuilder builder, string name, JsonTypeInfo<TProposal> json, Action<WorkflowBuilder<TProposal>>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(json);
        if (!SettingName.IsValid(name))
        {
            throw new ArgumentException($"HumanLoop: {SettingName.Rule(name)}", nameof(name));
        }

        var services = builder.Services;
        var taken = services.Where(service => service.IsKeyedService && service.ServiceType == typeof(Workflow)).Select(service => service.ServiceKey as string)
            .FirstOrDefault(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase));
        if (taken is not null)
        {
            // Configuration keys do not tell upper from lower case, so neither may names.
            throw new ArgumentException($"HumanLoop: workflow '{taken}' was added before; every workflow has a name of its own{(taken == name ? "" : $", and '{name}' differs from it in upper and lower case alone")}.", nameof(name));
        }

        var parts = new WorkflowParts<TProposal>(new(json));
        configure?.Invoke(new(services, name, parts));
        services.AddSingleton<IValidateOptions<WorkflowOptions>>(new BlindReviewValidator(name, () => parts.CountAsErrorWhen is not null));
        services.AddKeyedSingleton(name, (provider, _) => new Workflow<TProposal>(name, Settings(provider, name), parts, provider));
        services.AddKeyedSingleton<Workflow>(name, (provider, _) => provider.GetRequiredKeyedService<Workflow<TProposal>>(name));
        services.AddSingleton<Workflow>(provider => provider.GetRequiredKeyedService<Workflow<TProposal>>(name));
        services.AddKeyedSingleton<IDecisionRouter<TProposal>>(name, (provider, _) => Router(provider, provider.GetRequiredKeyedService<Workflow<TProposal>>(name)));
        services.TryAddSingleton(OnlyRouter<TProposal>);
        return builder;
    }

    /// <summary>Keeps everything in memory: for tests and trials, for it is gone when the process ends.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static IHumanLoopBuilder UseInMemory(this IHumanLoopBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        StoreRoles.UseQueue(builder.Services, provider => new InMemoryReviewQueue(provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>Uses your own queue. If it is not also an <see cref="IDecisionJournal"/>, choose a journal too.</summary>
    /// <typeparam name="TQueue">The queue; made once, from the application's services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static IHumanLoopBuilder UseQueue<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TQueue>(this IHumanLoopBuilder builder)
        where TQueue : class, IReviewQueue
    {
        ArgumentNullException.ThrowIfNull(builder);
        StoreRoles.UseQueue(builder.Services, ActivatorUtilities.GetServiceOrCreateInstance<TQueue>);
        return builder;
    }

    /// <summary>Uses your own journal: entries are carried to it from the queue, at least once.</summary>
    /// <typeparam name="TJournal">The journal; made once, from the application's services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static IHumanLoopBuilder UseJournal<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TJournal>(this IHumanLoopBuilder builder)
        where TJournal : class, IDecisionJournal
    {
        ArgumentNullException.ThrowIfNull(builder);
        StoreRoles.UseJournal(builder.Services, ActivatorUtilities.GetServiceOrCreateInstance<TJournal>);
        return builder;
    }

    /// <summary>Adds a way to tell people what waits for them.</summary>
    /// <typeparam name="TNotifier">The notifier; made once, from the application's services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static IHumanLoopBuilder AddNotifier<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TNotifier>(this IHumanLoopBuilder builder)
        where TNotifier : class, IReviewNotifier
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IReviewNotifier, TNotifier>();
        return builder;
    }

    /// <summary>Encrypts what decisions say before any store sees it.</summary>
    /// <typeparam name="TProtector">The protector; made once, from the application's services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static IHumanLoopBuilder UsePayloadProtector<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProtector>(this IHumanLoopBuilder builder)
        where TProtector : class, IPayloadProtector
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<IPayloadProtector, TProtector>());
        return builder;
    }

    private static WorkflowSettings Settings(IServiceProvider provider, string name) =>
        new(name, provider.GetRequiredService<IOptionsFactory<WorkflowOptions>>(), provider.GetService<IConfiguration>(), provider.GetRequiredService<ILogger<WorkflowSettings>>());

    private static DecisionRouter<TProposal> Router<TProposal>(IServiceProvider provider, Workflow<TProposal> workflow)
    {
        var (ledger, shutdown) = (provider.GetRequiredService<WorkQueue>(), provider.GetRequiredService<Shutdown>());
        return new(
            workflow,
            provider.GetRequiredService<StartGate>(),
            new(workflow, ledger, provider.GetRequiredService<ProcessIdentity>(), shutdown, provider.GetRequiredService<StoreTime>()),
            ledger,
            provider.GetRequiredService<EffectRunner>(),
            provider.GetRequiredService<VerdictWaiter>(),
            provider.GetRequiredService<Telemetry>(),
            provider.GetRequiredService<ILogger<DecisionRouter<TProposal>>>());
    }

    /// <summary>The router of the only workflow of its proposal type; with several, the application has to name one.</summary>
    private static IDecisionRouter<TProposal> OnlyRouter<TProposal>(IServiceProvider provider)
    {
        var names = provider.GetRequiredService<Catalog<Workflow>>().All.Where(workflow => workflow.ProposalType == typeof(TProposal)).Select(workflow => workflow.Name).ToArray();
        return names.Length == 1
            ? provider.GetRequiredKeyedService<IDecisionRouter<TProposal>>(names[0])
            : throw new InvalidOperationException($"Several workflows propose {typeof(TProposal).Name} ({string.Join(", ", names)}): ask for [FromKeyedServices(\"{names[0]}\")] IDecisionRouter<{typeof(TProposal).Name}>.");
    }
}
