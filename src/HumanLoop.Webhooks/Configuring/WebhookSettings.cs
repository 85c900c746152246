using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace HumanLoop.Webhooks;

/// <summary>One webhook's settings as in force. A reload that does not validate is logged and passed over: the last good value stays.</summary>
internal sealed class WebhookSettings : IDisposable
{
    private readonly string _webhook;
    private readonly IOptionsFactory<WebhookOptions> _factory;
    private readonly ILogger _logger;
    private readonly IDisposable? _reloads;
    private volatile WebhookOptions _current;
    private volatile string? _reloadProblem;

    public WebhookSettings(string webhook, IOptionsFactory<WebhookOptions> factory, IConfiguration? configuration, ILogger<WebhookSettings> logger)
    {
        _webhook = webhook;
        _factory = factory;
        _logger = logger;
        _current = factory.Create(webhook);
        _reloads = configuration is null ? null : ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>The settings in force.</summary>
    public WebhookOptions Current => _current;

    /// <summary>What was wrong with the last reload; <see langword="null"/> when nothing was.</summary>
    public string? ReloadProblem => _reloadProblem;

    public void Dispose() => _reloads?.Dispose();

    private void Reload()
    {
        try
        {
            _current = _factory.Create(_webhook);
            _reloadProblem = null;
        }
        catch (Exception invalid)
        {
            var problem = invalid is OptionsValidationException validation ? string.Join(' ', validation.Failures) : $"Webhook '{_webhook}': Configure failed with {invalid.GetType().Name}.";
            if (problem != _reloadProblem)
            {
                _reloadProblem = problem;
                _logger.WebhookSettingsRefused(_webhook, problem);
            }
        }
    }
}
