using System.Diagnostics.Metrics;
using HumanLoop;
using HumanLoop.Acting;
using HumanLoop.Diagnostics;
using HumanLoop.Hosting;
using HumanLoop.Notifying;
using HumanLoop.Observing;
using HumanLoop.Queueing;
using HumanLoop.Reporting;
using HumanLoop.Reviewing;
using HumanLoop.Routing;
using HumanLoop.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds HumanLoop to an application.</summary>
public static class HumanLoopServiceCollectionExtensions
{
    /// <summary>Adds the loop; its settings are bound from the section <c>HumanLoop</c> and validated when the host starts. Calling it again adds nothing
    /// twice.</summary>
    /// <param name="services">The application's services.</param>
    /// <returns>A builder to choose a store and add workflows with.</returns>
    public static IHumanLoopBuilder AddHumanLoop(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions();
        services.TryAddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.TryAdd(ServiceDescriptor.Singleton(typeof(ILogger<>), typeof(Logger<>)));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ProcessIdentity>();
        services.TryAddSingleton<WorkSignals>();
        services.TryAddSingleton(provider => new Telemetry(provider.GetRequiredService<TimeProvider>(), provider.GetService<IMeterFactory>()));
        services.TryAddSingleton(provider => new Shutdown(provider.GetService<IHostApplicationLifetime>()));
        AddCatalog<Workflow>(services);
        AddCatalog<IActedWorkflow>(services);
        AddCatalog<INotifiedWorkflow>(services);
        AddCatalog<ILearningWorkflow>(services);
        AddCatalog<IReportedWorkflow>(services);
        AddCatalog<IReviewedWorkflow>(services);
        services.TryAddSingleton<WorkflowSwitch>();
        services.TryAddSingleton<ToldStore>();
        services.TryAddSingleton<OwnerNotifications>();
        services.TryAddSingleton<StartGate>();
        services.TryAddSingleton(provider => new PayloadSeal(provider.GetService<IPayloadProtector>(), provider.GetRequiredService<ILogger<PayloadSeal>>()));
        services.TryAddSingleton<StoreTime>();
        services.TryAddSingleton<WorkQueue>();
        services.TryAddSingleton<EffectRunner>();
        services.TryAddSingleton<VerdictWaiter>();
        services.TryAddSingleton<IReviewDesk, ReviewDesk>();
        services.TryAddSingleton<IGoldenItems, GoldenItems>();
        services.TryAddSingleton<IWorkflowControl, WorkflowControl>();
        services.TryAddSingleton<Dispatcher>();
        services.TryAddSingleton<Heartbeat>();
        services.TryAddSingleton<LearningStore>();
        services.TryAddSingleton<ThresholdReader>();
        services.TryAddSingleton<ThresholdFollower>();
        services.TryAddSingleton<TallyStore>();
        services.TryAddSingleton<CharterStore>();
        services.TryAddSingleton<Forecasts>();
        services.TryAddSingleton<ScorecardReader>();
        services.TryAddSingleton<IScorecards, Scorecards>();
        services.TryAddSingleton<ScorecardWatch>();
        services.TryAddSingleton<JournalProjector>();

        services.TryAddSingleton(provider => new HumanLoopConfiguration(provider.GetService<IConfiguration>(), provider.GetServices<SettingsSection>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<HumanLoopOptions>, HumanLoopConfiguration>(provider => provider.GetRequiredService<HumanLoopConfiguration>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HumanLoopOptions>, HumanLoopConfiguration>(provider => provider.GetRequiredService<HumanLoopConfiguration>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<WorkflowOptions>, WorkflowConfiguration>(provider => new(provider.GetService<IConfiguration>())));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WorkflowOptions>, WorkflowOptionsValidator>());

        // The order is that of the start, and of each page of the journal.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartTask, EnvironmentStamp>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartTask, WorkflowSwitch>(provider => provider.GetRequiredService<WorkflowSwitch>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartTask, FirstSettings>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartTask, ThresholdFollower>(provider => provider.GetRequiredService<ThresholdFollower>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartTask, AuditKey>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartTask, StartAnnouncement>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IJournalProjection, TallyProjection>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IJournalProjection, LearningProjection>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHealthSource, WorkflowHealth>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHealthSource, DispatcherHealth>());

        StoreRoles.RequireChoice(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StartupService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Dispatcher>(provider => provider.GetRequiredService<Dispatcher>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Heartbeat>(provider => provider.GetRequiredService<Heartbeat>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JournalRelay>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ChangeListener>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JournalProjector>(provider => provider.GetRequiredService<JournalProjector>()));
        return new HumanLoopBuilder(services);
    }

    private static void AddCatalog<TRole>(IServiceCollection services)
        where TRole : class, IWorkflowRole =>
        services.TryAddSingleton(provider => new Catalog<TRole>(provider.GetServices<Workflow>().Cast<TRole>()));
}
