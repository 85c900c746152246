using System.Diagnostics.Metrics;
using HumanLoop;
using HumanLoop.Diagnostics;
using HumanLoop.Notifying;
using HumanLoop.Running;
using HumanLoop.Settings;
using HumanLoop.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds webhooks.</summary>
public static class HumanLoopWebhookExtensions
{
    /// <summary>Adds a webhook: signed messages (Standard Webhooks) about what waits for people, delivered at least once from an outbox in the store, whichever
    /// process stops. Its settings are <c>HumanLoop:Webhooks:{name}</c>; they have the last word over <paramref name="configure"/> and are checked when the host
    /// starts.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">1 to 64 of A–Z, a–z, 0–9, '_', '.' and '-', beginning with a letter.</param>
    /// <param name="configure">Sets what does not belong into configuration files.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is not allowed or taken.</exception>
    public static IHumanLoopBuilder AddWebhook(this IHumanLoopBuilder builder, string name, Action<WebhookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!SettingName.IsValid(name))
        {
            throw new ArgumentException($"HumanLoop: {SettingName.Rule(name, "webhook")}", nameof(name));
        }

        var services = builder.Services;
        if (services.Any(service => service.IsKeyedService && service.ServiceType == typeof(WebhookCourier) && string.Equals(service.ServiceKey as string, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException($"HumanLoop: webhook '{name}' was added before; every webhook has a name of its own.", nameof(name));
        }

        services.TryAddSingleton(provider => new WebhookTelemetry(provider.GetService<IMeterFactory>()));
        services.TryAddSingleton<OutboxStore>();
        services.TryAddSingleton<JournalEvents>();
        services.TryAddSingleton<WebhookParts>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<WebhookOptions>, WebhookConfiguration>(provider => new(provider.GetService<IConfiguration>())));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartTask, OutboxStart>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WebhookService>());
        if (services.All(service => (service.ImplementationInstance as SettingsSection)?.Name != WebhookConfiguration.Section))
        {
            services.AddSingleton(new SettingsSection(WebhookConfiguration.Section));
        }

        if (configure is not null)
        {
            services.Configure(name, configure);
        }

        services.AddKeyedSingleton(name, (provider, _) => Courier(provider, name));
        services.AddSingleton(provider => provider.GetRequiredKeyedService<WebhookCourier>(name));
        services.AddKeyedSingleton(name, (provider, _) => Channel(provider, name));
        services.AddSingleton<INotificationChannel>(provider => provider.GetRequiredKeyedService<WebhookChannel>(name));
        services.AddSingleton<IHealthSource>(provider => provider.GetRequiredKeyedService<WebhookChannel>(name));
        return builder;
    }

    private static WebhookCourier Courier(IServiceProvider provider, string name) => new(
        name,
        new(name, provider.GetRequiredService<IOptionsFactory<WebhookOptions>>(), provider.GetService<IConfiguration>(), provider.GetRequiredService<ILogger<WebhookSettings>>()),
        provider.GetRequiredService<WebhookParts>(),
        JournalSubscription.Create(provider, $"webhook-sender/{name}"),
        provider.GetRequiredService<OutboxStore>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<WebhookCourier>>());

    private static WebhookChannel Channel(IServiceProvider provider, string name) => new(
        provider.GetRequiredKeyedService<WebhookCourier>(name),
        provider.GetRequiredService<OutboxStore>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<WebhookChannel>>());
}
