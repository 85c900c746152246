using HumanLoop.Diagnostics;
using HumanLoop.Adapting;
using HumanLoop.Journaling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace HumanLoop.Hosting;

/// <summary>One workflow's settings as in force. A reload that does not validate is logged and passed over: the last good value stays.</summary>
/// <remarks>The stock monitor would throw on every read after a bad edit; a running service must not.</remarks>
internal sealed class WorkflowSettings : IDisposable
{
    private static readonly string[] PolicyNames =
    [
        ThresholdControllers.RiskControlled, ThresholdControllers.Fixed, ThresholdControllers.Streak, ThresholdControllers.Wilson, ThresholdControllers.CostOptimal,
    ];

    private readonly string _workflow;
    private readonly IOptionsFactory<WorkflowOptions> _factory;
    private readonly ILogger _logger;
    private readonly IDisposable? _reloads;
    private readonly IConfiguration? _configuration;
    private string _written;
    private volatile WorkflowOptions _current;
    private volatile string? _reloadProblem;

    public WorkflowSettings(string workflow, IOptionsFactory<WorkflowOptions> factory, IConfiguration? configuration, ILogger<WorkflowSettings> logger)
    {
        _workflow = workflow;
        _factory = factory;
        _logger = logger;
        _configuration = configuration;
        _current = factory.Create(workflow);
        _written = Written();
        _reloads = configuration is null ? null : ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>The settings in force.</summary>
    public WorkflowOptions Current => _current;

    /// <summary>What was wrong with the last reload; <see langword="null"/> when nothing was.</summary>
    public string? ReloadProblem => _reloadProblem;

    /// <summary>Raised after the settings in force were replaced.</summary>
    public event Action? Changed;

    /// <summary>What of the settings the thresholds depend on.</summary>
    public ThresholdSettings Threshold(IThresholdController? own)
    {
        var options = Current;
        var threshold = options.Threshold;
        var policy = threshold.Policy;
        var maxErrorRate = threshold.MaxErrorRate ?? 0.05;
        return new()
        {
            Policy = own?.Policy ?? PolicyNames[(int)policy],
            Value = policy == ThresholdPolicy.Fixed ? threshold.Value : null,
            Streak = policy == ThresholdPolicy.Streak ? threshold.Streak ?? (int)Math.Ceiling(3 / maxErrorRate) : null,
            Window = policy == ThresholdPolicy.Wilson ? threshold.Window : null,
            CostOfError = policy == ThresholdPolicy.CostOptimal ? threshold.CostOfError : null,
            CostOfReview = policy == ThresholdPolicy.CostOptimal ? threshold.CostOfReview : null,
            Goal = new()
            {
                MaxErrorRate = maxErrorRate,
                Risk = threshold.Risk,
                AuditBudget = threshold.AuditBudget,
                Start = threshold.Start is { } start ? new(start) : HumanLoop.Threshold.ReviewEverything,
                NeverBelow = threshold.NeverBelow,
                Loosening = threshold.Loosening,
                ReviewerMissRate = threshold.ReviewerMissRate,
                ReviewerFalseAlarmRate = threshold.ReviewerFalseAlarmRate,
            },
            Per = threshold.Per,
            Segments = [.. options.Scope.Segments],
            OnNewModel = threshold.OnNewModel,
        };
    }

    public void Dispose() => _reloads?.Dispose();

    private void Reload()
    {
        // Any reload of any file comes by here, often twice: only what changed is worth a line.
        var written = Written();
        var isNews = written != _written;
        _written = written;
        try
        {
            _current = _factory.Create(_workflow);
            if (_reloadProblem is not null)
            {
                _reloadProblem = null;
                _logger.SettingsChanged(_workflow);
            }
        }
        catch (Exception invalid)
        {
            var problem = invalid is OptionsValidationException validation ? string.Join(' ', validation.Failures) : $"Workflow '{_workflow}': Configure failed with {invalid.GetType().Name}.";
            if (problem != _reloadProblem)
            {
                _reloadProblem = problem;
                _logger.SettingsRefused(_workflow, problem);
            }

            return;
        }

        Changed?.Invoke();
        if (isNews)
        {
            _logger.SettingsChanged(_workflow);
        }
    }

    /// <summary>The workflow's section as one text.</summary>
    private string Written() => _configuration is null
        ? ""
        : string.Join('\n', _configuration.GetSection($"{WorkflowConfiguration.Root}:Workflows:{_workflow}").AsEnumerable().Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
}
