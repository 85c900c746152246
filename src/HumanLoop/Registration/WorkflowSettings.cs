using HumanLoop.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace HumanLoop.Registration;

/// <summary>One workflow's settings as in force. A reload that does not validate is logged and passed over: the last good value stays.</summary>
/// <remarks>The stock monitor would throw on every read after a bad edit; a running service must not.</remarks>
internal sealed class WorkflowSettings : IDisposable
{
    private readonly string _workflow;
    private readonly IOptionsFactory<WorkflowOptions> _factory;
    private readonly ILogger _logger;
    private readonly IDisposable? _reloads;
    private volatile WorkflowOptions _current;
    private volatile string? _reloadProblem;

    public WorkflowSettings(string workflow, IOptionsFactory<WorkflowOptions> factory, IConfiguration? configuration, ILogger<WorkflowSettings> logger)
    {
        _workflow = workflow;
        _factory = factory;
        _logger = logger;
        _current = factory.Create(workflow);
        _reloads = configuration is null ? null : ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>The settings in force.</summary>
    public WorkflowOptions Current => _current;

    /// <summary>What was wrong with the last reload; <see langword="null"/> when nothing was.</summary>
    public string? ReloadProblem => _reloadProblem;

    /// <summary>Raised after the settings in force were replaced.</summary>
    public event Action? Changed;

    public void Dispose() => _reloads?.Dispose();

    private void Reload()
    {
        try
        {
            _current = _factory.Create(_workflow);
            if (_reloadProblem is not null)
            {
                _reloadProblem = null;
                _logger.SettingsChanged(_workflow);
            }
        }
        catch (OptionsValidationException invalid)
        {
            var problem = string.Join(' ', invalid.Failures);

            // A saved file raises the change twice; the same problem is told once.
            if (problem != _reloadProblem)
            {
                _reloadProblem = problem;
                _logger.SettingsRefused(_workflow, problem);
            }

            return;
        }

        Changed?.Invoke();
    }
}
